/** Failures, paging, changes and ids that every domain uses; no framework here. */
@NullMarked
package dev.cadenza.platform.core;

import org.jspecify.annotations.NullMarked;
