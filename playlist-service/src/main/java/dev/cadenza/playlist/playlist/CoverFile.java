package dev.cadenza.playlist.playlist;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of files of covers. */
final class CoverFile {

    private static final Pattern NAME =
            Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-[0-9a-f]{16}\\.(?:jpg|png)");

    private CoverFile() {}

    /** Whose picture a file is; empty for what is none. */
    static Optional<UUID> playlist(String file) {
        Matcher name = NAME.matcher(file);
        return name.matches() ? Optional.of(UUID.fromString(name.group(1))) : Optional.empty();
    }
}
