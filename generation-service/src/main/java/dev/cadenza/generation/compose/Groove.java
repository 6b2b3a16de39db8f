package dev.cadenza.generation.compose;

/** Rhythm of the kit. */
enum Groove {
    NONE,
    SOFT,
    ROCK,
    POP,
    METAL,
    PUNK,
    FUNK,
    DISCO,
    HOUSE,
    TECHNO,
    SYNTHWAVE,
    DRUM_AND_BASS,
    DUBSTEP,
    BOOM_BAP,
    TRAP,
    LOFI,
    SOUL,
    SWING,
    SHUFFLE,
    COUNTRY,
    FOLK,
    ONE_DROP,
    BOSSA,
    LATIN,
    CINEMATIC
}
