package dev.cadenza.contracts.catalog.v1;

import java.time.Instant;
import java.util.UUID;

/**
 * An administrator wants the search index made anew, by every instance.
 *
 * @param requestedBy the administrator
 */
public record SearchRebuildRequested(UUID requestedBy, Instant at) {}
