/** What runs in the hub that is measured, and nowhere else. */
package dev.kiln.bench.door;
