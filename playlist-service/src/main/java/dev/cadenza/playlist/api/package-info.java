/** What the dialects share: addresses of pictures, and the pictures. */
@NullMarked
package dev.cadenza.playlist.api;

import org.jspecify.annotations.NullMarked;
