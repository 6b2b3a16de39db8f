package dev.cadenza.platform.web.dialect;

import java.util.List;

/** All dialects. The path alone decides; what no dialect owns answers as veza, the native one. */
public final class Dialects {

    private static final Dialect NATIVE = new VezaDialect();
    private static final List<Dialect> ALL = List.of(
            NATIVE, new MusicgenDialect(), new ProcessingDialect(), new MusewaveDialect(), new AudionovaDialect());

    private Dialects() {}

    /** The dialect that answers on this path. */
    public static Dialect of(String path) {
        for (Dialect dialect : ALL) {
            if (dialect.owns(path)) {
                return dialect;
            }
        }
        return NATIVE;
    }

    /** Whether {@code path} is {@code prefix} or lies below it. */
    static boolean under(String path, String prefix) {
        return path.startsWith(prefix)
                && (path.length() == prefix.length() || prefix.endsWith("/") || path.charAt(prefix.length()) == '/');
    }

    /** Codes in upper case, as veza and musicgen show them: {@code track.not_found} becomes {@code TRACK_NOT_FOUND}. */
    static String upperCase(Problem problem) {
        return problem.violations().isEmpty()
                ? problem.code().replace('.', '_').toUpperCase(java.util.Locale.ROOT)
                : "VALIDATION_ERROR";
    }
}
