/** The hub that is examined: its process, its FHIR API, its metrics and its CPU time. */
package dev.kiln.bench.hub;
