/** The drills and measurements that {@code ./kiln bench} offers, each a class with its report. */
package dev.kiln.bench;
