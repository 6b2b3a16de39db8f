package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Failure.Violation;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the owner says about audio that is kept elsewhere; null leaves it as it is. Nobody looks whether it is true.
 *
 * @param link http or https address
 * @param fileSize bytes, from 0
 * @param seconds duration, from 0
 * @param format such as {@code mp3}: at most 10 letters and digits, in any case
 */
public record LinkedAudio(
        @Nullable String link,
        @Nullable Long fileSize,
        @Nullable Double seconds,
        @Nullable String format) {

    /** Says nothing. */
    public static final LinkedAudio UNCHANGED = new LinkedAudio(null, null, null, null);

    /** Longer than anything that is a track. */
    private static final double LONGEST_SECONDS = 1_000_000;

    private static final long LARGEST = 1L << 50;
    private static final Pattern FORMAT = Pattern.compile("[a-z0-9]{1,10}");
    private static final Pattern EXTENSION = Pattern.compile("\\.([A-Za-z0-9]{1,10})$");

    private static final Map<String, String> TYPES = Map.of(
            "mp3", "audio/mpeg",
            "wav", "audio/wav",
            "flac", "audio/flac",
            "ogg", "audio/ogg",
            "opus", "audio/ogg",
            "m4a", "audio/mp4",
            "aac", "audio/aac");

    /** Nothing is known of it. */
    private static final AudioFacts UNKNOWN = new AudioFacts("", "", "application/octet-stream", 0, 0, 0, 0, 0);

    /** The address, which must be there. */
    String requiredLink(List<Violation> violations) {
        if (link == null || link.isBlank()) {
            violations.add(Violation.of("audio_url", "The audio_url is required."));
            return "";
        }
        return Objects.requireNonNull(TextFields.address("audio_url", link, null, violations));
    }

    /** The address, where another one is wanted. */
    String changedLink(String current, List<Violation> violations) {
        return link == null ? current : requiredLink(violations);
    }

    /** Facts of new audio; the format follows from the address where it is not said. */
    AudioFacts facts(List<Violation> violations) {
        LinkedAudio said =
                format != null || link == null ? this : new LinkedAudio(link, fileSize, seconds, ending(link));
        return said.facts(UNKNOWN, violations);
    }

    /** The facts with what is said otherwise. */
    AudioFacts facts(AudioFacts current, List<Violation> violations) {
        if (fileSize != null && (fileSize < 0 || fileSize > LARGEST)) {
            violations.add(Violation.of("audio_file_size", "The audio_file_size must be a number of bytes."));
        }
        // so that no number at all is wrong too
        if (seconds != null && !(seconds >= 0 && seconds <= LONGEST_SECONDS)) {
            violations.add(Violation.of("audio_duration", "The audio_duration must be a number of seconds."));
        }
        String word = format == null ? current.format() : format.strip().toLowerCase(Locale.ROOT);
        if (!word.isEmpty() && !FORMAT.matcher(word).matches()) {
            violations.add(Violation.of("audio_format", "The audio_format must be a word such as mp3."));
        }
        return new AudioFacts(
                word,
                "",
                TYPES.getOrDefault(word, UNKNOWN.contentType()),
                seconds == null ? current.durationSeconds() : seconds,
                0,
                0,
                0,
                fileSize == null ? current.fileSize() : fileSize);
    }

    private static @Nullable String ending(String link) {
        try {
            String path = URI.create(link.strip()).getPath();
            Matcher matcher = EXTENSION.matcher(path == null ? "" : path);
            return matcher.find() ? matcher.group(1) : null;
        } catch (IllegalArgumentException e) {
            return null; // refused as an address
        }
    }
}
