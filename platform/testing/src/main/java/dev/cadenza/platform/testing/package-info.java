/** In-process stand-ins for tests: one of each per JVM, started at first use, shared by all tests. */
@NullMarked
package dev.cadenza.platform.testing;

import org.jspecify.annotations.NullMarked;
