package dev.cadenza.generation.render;

import java.io.IOException;

/** A file is no SoundFont that can be played here; the message says why. */
public final class SoundFontException extends IOException {

    private static final long serialVersionUID = 1L;

    SoundFontException(String message) {
        super(message);
    }
}
