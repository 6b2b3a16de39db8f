/** What music is made of, heard in one pass over its samples: peaks, tempo, key. */
@NullMarked
package dev.cadenza.platform.audio.analysis;

import org.jspecify.annotations.NullMarked;
