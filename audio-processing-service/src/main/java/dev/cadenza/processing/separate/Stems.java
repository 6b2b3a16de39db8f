package dev.cadenza.processing.separate;

/**
 * The two parts of a song: same sample rate, channels and number of frames as the song, sample-aligned, and their sum
 * is the song.
 */
public record Stems(PcmAudio vocals, PcmAudio accompaniment) {}
