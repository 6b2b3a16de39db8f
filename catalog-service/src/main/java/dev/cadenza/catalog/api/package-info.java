/** What the dialects share: the bytes of tracks as HTTP answers. */
@NullMarked
package dev.cadenza.catalog.api;

import org.jspecify.annotations.NullMarked;
