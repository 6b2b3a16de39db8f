package dev.cadenza.platform.audio;

import java.io.IOException;

/** FFmpeg did not do its work, through no fault of the audio; the message is for the log. */
public final class FfmpegFailedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean beyondLimits;

    FfmpegFailedException(String message, boolean beyondLimits) {
        super(message);
        this.beyondLimits = beyondLimits;
    }

    /**
     * Whether it wanted more time or output than it may have: on a machine that is not busy the audio may well be to blame.
     * Otherwise somebody else ended it.
     */
    public boolean isBeyondLimits() {
        return beyondLimits;
    }
}
