/** Pictures, made by FFmpeg and kept in the object store. */
@NullMarked
package dev.cadenza.auth.profile.persistence;

import org.jspecify.annotations.NullMarked;
