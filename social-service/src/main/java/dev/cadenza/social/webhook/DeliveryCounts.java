package dev.cadenza.social.webhook;

/**
 * Numbers about a user's deliveries that are still kept.
 *
 * @param total all, also those that wait or were dropped
 * @param delivered the receiver took them
 * @param failed given up
 */
public record DeliveryCounts(long total, long delivered, long failed) {}
