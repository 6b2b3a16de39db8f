package dev.cadenza.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process that is ready to be started.
 *
 * @param command program and arguments
 * @param workingDirectory where it runs
 * @param environment variables on top of the few that every part gets
 */
record Launch(List<String> command, Path workingDirectory, Map<String, String> environment) {}
