/** Programs that make what the build carries; run by hand. */
package dev.cadenza.generation.tools;
