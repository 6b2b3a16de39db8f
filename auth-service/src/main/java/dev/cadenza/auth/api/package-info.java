/** What the dialects share: the frame of pages for people. */
@NullMarked
package dev.cadenza.auth.api;

import org.jspecify.annotations.NullMarked;
