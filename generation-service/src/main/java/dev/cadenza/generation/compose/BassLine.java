package dev.cadenza.generation.compose;

/** Movement of the bass. */
enum BassLine {
    LONG,
    ROOT_FIFTH,
    EIGHTHS,
    SYNCOPATED,
    OCTAVES,
    OFFBEAT,
    WALKING,
    SHUFFLE,
    FUNK,
    SUB,
    DUB,
    BOSSA,
    GALLOP,
    ROLLING
}
