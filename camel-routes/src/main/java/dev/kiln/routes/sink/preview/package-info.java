/** What a message would change, told without changing it. */
package dev.kiln.routes.sink.preview;
