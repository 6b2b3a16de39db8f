package dev.cadenza.catalog.search;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The search index.
 *
 * @param directory where it is kept, for one instance alone; null: in memory, so that every start makes it anew before
 *     it answers
 */
@Validated
@ConfigurationProperties("cadenza.catalog.search")
public record SearchSettings(@Nullable Path directory) {}
