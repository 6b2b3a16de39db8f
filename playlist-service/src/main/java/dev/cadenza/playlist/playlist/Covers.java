package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.audio.Pictures;

/** Pictures of playlists. Storing what is no picture fails with Invalid ({@code cover.unusable}). */
public interface Covers extends Pictures {}
