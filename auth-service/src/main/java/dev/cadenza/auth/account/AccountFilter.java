package dev.cadenza.auth.account;

import org.jspecify.annotations.Nullable;

/**
 * Which accounts an administrator looks for; null leaves it open.
 *
 * @param username beginning of the name, without regard to case
 * @param role one that they have
 * @param locked whether their owners are shut out
 */
public record AccountFilter(
        @Nullable String username,
        @Nullable String role,
        @Nullable Boolean locked) {}
