/** The one executable. Each direct sub-package is a module; {@code role} wires them together. */
package dev.kiln;
