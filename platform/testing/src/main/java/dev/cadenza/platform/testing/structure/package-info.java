/** The house rules as tests: what may depend on what inside a service, and that a dialect can be removed. */
@NullMarked
package dev.cadenza.platform.testing.structure;

import org.jspecify.annotations.NullMarked;
