package dev.cadenza.processing.separate;

import java.io.IOException;
import java.nio.file.Path;

/** An engine that finds the voice in a song. Thread-safe; blocks until it is done. */
public interface Separator {

    /** How it is chosen, such as {@code spectral}. */
    String name();

    /** Version of method and weights; results of one version are repeatable. */
    String version();

    /** What it can do. */
    Capabilities capabilities();

    /**
     * Splits {@code song} and writes both parts below {@code directory}.
     *
     * @throws IOException the disk or the model failed; another try may succeed
     */
    Stems separate(PcmAudio song, Path directory, Work work) throws IOException;

    /**
     * What an engine can do.
     *
     * @param stereoCues whether it uses where sounds stand between left and right
     * @param licence SPDX expression of the weights' licence, {@code Apache-2.0} say
     */
    record Capabilities(boolean stereoCues, String licence) {}
}
