package dev.cadenza.generation.compose;

/** Rhythm and shape of the chords. */
enum Comping {
    HELD,
    BROKEN,
    FLOWING,
    BLOCKS,
    STRUM,
    FINGERPICK,
    POWER,
    CHUGS,
    STABS,
    OFFBEATS,
    CHARLESTON,
    SCRATCH,
    PULSE,
    LAZY,
    MONTUNO,
    OOMPAH
}
