/**
 * Audio files and raw samples: FFmpeg as a limited child process, content sniffing, PCM and WAV in blocks, loudness; and
 * small pictures of large ones, kept in the object store.
 */
@NullMarked
package dev.cadenza.platform.audio;

import org.jspecify.annotations.NullMarked;
