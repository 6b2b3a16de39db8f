package dev.cadenza.platform.audio;

import java.io.IOException;

/** FFmpeg did not do its work, through no fault of the audio; the message is for the log. */
public final class FfmpegFailedException extends IOException {

    private static final long serialVersionUID = 1L;

    FfmpegFailedException(String message) {
        super(message);
    }
}
