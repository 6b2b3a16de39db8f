/** What this service knows about tracks: who may see them, whose they are and what they are called. */
@NullMarked
package dev.cadenza.analytics.track;

import org.jspecify.annotations.NullMarked;
