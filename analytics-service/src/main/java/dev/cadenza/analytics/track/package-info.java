/** What this service knows about tracks: who may see them, and whose they are. */
@NullMarked
package dev.cadenza.analytics.track;

import org.jspecify.annotations.NullMarked;
