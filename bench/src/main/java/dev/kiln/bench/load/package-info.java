/** Many requests one after the other, and how long each takes. */
package dev.kiln.bench.load;
