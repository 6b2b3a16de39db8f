package dev.cadenza.platform.jobs;

import java.io.IOException;
import java.util.Map;

/**
 * An engine, on the worker's side. Runs on a thread of its own and may block; running the same job again is harmless,
 * because each attempt writes below its own {@link JobContext#objectPrefix()}.
 */
public interface JobHandler {

    /** Which jobs it runs: the {@code kind} of the request, such as {@code generation.compose}. */
    String kind();

    /**
     * Runs one attempt.
     *
     * @return facts about the stored result, JSON values only
     * @throws JobFailedException the input can never succeed: the job fails at once
     * @throws IOException or any unchecked exception: this attempt failed, another one may succeed
     */
    Map<String, Object> run(JobContext context) throws JobFailedException, IOException;
}
