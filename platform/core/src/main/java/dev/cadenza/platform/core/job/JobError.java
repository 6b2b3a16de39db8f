package dev.cadenza.platform.core.job;

/**
 * Why a job failed, in words that its owner may read.
 *
 * @param code stable, such as {@code audio.undecodable}
 */
public record JobError(String code, String message) {}
