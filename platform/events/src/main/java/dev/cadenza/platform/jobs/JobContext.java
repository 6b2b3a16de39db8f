package dev.cadenza.platform.jobs;

import java.nio.file.Path;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What an engine knows of the attempt that it runs. Usable from several threads of the engine. */
public interface JobContext {

    /** The job, which is also the aggregate that asked for it. */
    UUID jobId();

    /** The user who asked for it. */
    UUID ownerId();

    /** Grows with every hand-over of the job. */
    long attempt();

    /** Which engine is asked for. */
    String kind();

    /** Input of the engine, as the job's owner stored it. */
    JsonNode parameters();

    /**
     * Tells how far the work is; cheap, never blocks, sent at most twice a second.
     *
     * @param percent 0 to 100
     * @param stage short word for a person, such as {@code rendering}
     */
    void progress(int percent, String stage);

    /**
     * To be called at least every 200 ms of work.
     *
     * @throws JobCancelledException the attempt has to end: called off, lost, out of time, or the worker shuts down
     */
    void checkCancelled();

    /** {@code <service>/jobs/<jobId>/<attempt>/}: all results of this attempt go below it. */
    String objectPrefix();

    /** Empty folder for this attempt, removed afterwards. */
    Path workDirectory();
}
