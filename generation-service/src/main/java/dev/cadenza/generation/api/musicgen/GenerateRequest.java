package dev.cadenza.generation.api.musicgen;

import dev.cadenza.generation.generation.GenerationRequest;
import dev.cadenza.generation.model.ModelDescription;
import dev.cadenza.generation.model.Models;
import dev.cadenza.generation.model.Quality;
import dev.cadenza.generation.model.SongFormat;
import dev.cadenza.generation.music.Key;
import dev.cadenza.generation.prompt.PromptReader;
import dev.cadenza.generation.prompt.SongWish;
import dev.cadenza.platform.core.Failure;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Body of {@code POST /v1/ai/generate}. */
final class GenerateRequest {

    private static final List<SongFormat> USUAL_FORMATS = List.of(SongFormat.WAV, SongFormat.MP3, SongFormat.MIDI);
    private static final String KEYS = "[A-G](#|b)?_(major|minor)";
    private static final Set<String> EVENTS = Set.of(
            "generation_queued",
            "generation_started",
            "generation_completed",
            "generation_failed",
            "generation_cancelled");
    /** Integers beyond this are not exact in JavaScript. */
    private static final long LARGEST_SEED = 9_007_199_254_740_991L;

    private GenerateRequest() {}

    /**
     * What was asked for; {@link Failure.Invalid} with every wrong parameter, the first one first.
     *
     * @param anySeed used where none is wished for, not negative
     */
    static GenerationRequest read(JsonNode body, long anySeed) {
        Fields all = Fields.of(body);
        Fields parameters = all.inner("parameters");
        Fields metadata = all.inner("metadata");
        String prompt = prompt(all, parameters);
        if (!all.has("parameters") && prompt == null) {
            all.add("parameters", "be given, or a prompt", "an object", null);
        }
        String genre = parameters.text("genre", 100);
        String subgenre = parameters.text("subgenre", 100);
        String mood = parameters.text("mood", 100);
        String theme = parameters.text("theme", 200);
        String style = parameters.text("style", 200);
        Long tempo = parameters.integer("tempo", 40, 240);
        String key = parameters.matching("key", KEYS, word -> Key.parse(word).isPresent());
        Long duration = parameters.integer("duration", 30, 600);
        Boolean instrumental = parameters.bool("instrumental");
        Fields lyrics = parameters.inner("lyrics");
        Boolean lyricsEnabled = lyrics.bool("enabled");
        String lyricsTheme = lyrics.text("theme", 200);
        lyrics.text("language", 35);
        lyrics.text("style", 100);
        List<String> instruments = parameters.texts("primary_instruments", 16, 60);
        String complexity = parameters.text("complexity", 60);
        Double creativity = parameters.number("creativity", 0, 1);
        Long seed = parameters.integer("seed", 0, LARGEST_SEED);
        List<SongFormat> formats = formats(parameters);
        String quality = parameters.matching(
                "audio_quality",
                "one of " + Arrays.stream(Quality.values()).map(Quality::word).collect(Collectors.joining(", ")),
                word -> Quality.of(word).isPresent());
        ModelDescription model = model(parameters);
        String title = metadata.text("title", 200);
        String description = metadata.text("description", 2_000);
        List<String> tags = metadata.texts("tags", 32, 64);
        String project = metadata.text("project_id", 100);
        String callback = all.matching("callback_url", "an http or https address", GenerateRequest::isWebAddress);
        List<String> events = all.texts("webhook_events", 16, 60);
        for (String event : events) {
            if (!EVENTS.contains(event)) {
                all.add(
                        "webhook_events",
                        "name known events",
                        String.join(", ", EVENTS.stream().sorted().toList()),
                        event);
                break;
            }
        }
        all.check();

        String words = prompt == null ? "" : prompt;
        int seconds = duration == null
                ? PromptReader.durationIn(words).orElse(PromptReader.USUAL_DURATION)
                : duration.intValue();
        boolean sung = lyricsEnabled == null ? instrumental != null && !instrumental : lyricsEnabled;
        SongWish wish = new SongWish(
                title == null || title.isEmpty() ? title(words, mood, subgenre, genre) : title,
                words,
                genre,
                subgenre,
                mood,
                joined(theme, style, lyricsTheme),
                tempo == null ? null : tempo.intValue(),
                key,
                seconds,
                instruments,
                complexity,
                creativity,
                seed == null ? anySeed : seed);
        return new GenerationRequest(
                model.name(),
                wish,
                genre == null || genre.isEmpty() ? PromptReader.genreOf(wish) : genre,
                formats,
                quality == null ? Quality.HIGH : Quality.of(quality).orElseThrow(),
                sung,
                description == null ? "" : description,
                tags,
                project,
                callback,
                events);
    }

    private static @Nullable String prompt(Fields all, Fields parameters) {
        String outer = all.text("prompt", 2_000);
        String inner = parameters.text("prompt", 2_000);
        String prompt = inner == null ? outer : inner;
        return prompt == null || prompt.isEmpty() ? null : prompt;
    }

    private static List<SongFormat> formats(Fields parameters) {
        if (!parameters.has("output_formats")) {
            return USUAL_FORMATS;
        }
        String known = Arrays.stream(SongFormat.values()).map(SongFormat::word).collect(Collectors.joining(", "));
        Set<SongFormat> formats = new LinkedHashSet<>();
        List<String> words = parameters.texts("output_formats", 16, 16);
        for (String word : words) {
            SongFormat.of(word.toLowerCase(Locale.ROOT))
                    .ifPresentOrElse(
                            formats::add, () -> parameters.add("output_formats", "be of " + known, known, word));
        }
        if (words.isEmpty()) {
            parameters.add("output_formats", "name at least one of " + known, known, List.of());
        }
        return new ArrayList<>(formats);
    }

    private static ModelDescription model(Fields parameters) {
        String known = Models.all().stream()
                .flatMap(model -> java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(model.name()), model.aliases().stream()))
                .collect(Collectors.joining(", "));
        String name = parameters.matching(
                "ai_model", "one of " + known, word -> Models.named(word).isPresent());
        return name == null ? Models.all().getFirst() : Models.named(name).orElseThrow();
    }

    private static boolean isWebAddress(String text) {
        try {
            URI address = URI.create(text);
            return ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Something to call the song by. */
    private static String title(
            String prompt, @Nullable String mood, @Nullable String subgenre, @Nullable String genre) {
        String words =
                prompt.isEmpty() ? joined(mood, subgenre == null || subgenre.isEmpty() ? genre : subgenre) : prompt;
        if (words == null) {
            return "Untitled";
        }
        String flat = words.replace('_', ' ').strip();
        if (flat.isEmpty()) {
            return "Untitled";
        }
        int end = flat.codePointCount(0, flat.length()) <= 60 ? flat.length() : flat.offsetByCodePoints(0, 60);
        String cut = end == flat.length()
                ? flat
                : flat.substring(0, Math.max(flat.offsetByCodePoints(0, 20), flat.lastIndexOf(' ', end)));
        int first = cut.codePointAt(0);
        return Character.toString(Character.toTitleCase(first)) + cut.substring(Character.charCount(first));
    }

    private static @Nullable String joined(@Nullable String... words) {
        String joined = Arrays.stream(words)
                .filter(word -> word != null && !word.isEmpty())
                .collect(Collectors.joining(" "));
        return joined.isEmpty() ? null : joined;
    }
}
