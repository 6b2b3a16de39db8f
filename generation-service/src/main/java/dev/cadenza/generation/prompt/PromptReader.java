package dev.cadenza.generation.prompt;

import dev.cadenza.generation.compose.Brief;
import dev.cadenza.generation.compose.Brief.Use;
import dev.cadenza.generation.compose.Brief.Wish;
import dev.cadenza.generation.compose.Mood;
import dev.cadenza.generation.compose.Style;
import dev.cadenza.generation.compose.Styles;
import dev.cadenza.generation.music.Key;
import dev.cadenza.generation.music.Meter;
import dev.cadenza.generation.music.Mode;
import dev.cadenza.generation.music.Role;
import dev.cadenza.generation.prompt.Lexicon.Found;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a brief of a wish. The same wish always gives the same brief. */
public final class PromptReader {

    /** Seconds of a song whose length nobody named. */
    public static final int USUAL_DURATION = 60;

    private static final int SHORTEST = 30;
    private static final int LONGEST = 600;
    private static final int SLOWEST = 40;
    private static final int FASTEST = 240;

    private static final Pattern BPM = Pattern.compile(
            "(\\d{2,3})\\s*-?\\s*(?:bpm|beats per minute)|(?:bpm|tempo)(?:\\s+of)?\\s*[:=]?\\s*(\\d{2,3})");
    private static final Pattern KEY = Pattern.compile(
            "\\b([A-Ga-g])(?:(#|♯|b|♭)|[\\s-]?(sharp|flat))?[\\s_-]*(major|minor|maj|min|dorian|phrygian|lydian|mixolydian|aeolian|ionian)\\b");
    private static final Pattern SHORT_KEY = Pattern.compile("(?<![A-Za-z0-9])([A-G])(#|b)?m(?![A-Za-z0-9])");
    private static final Pattern KEY_OF =
            Pattern.compile("(?i:key of|in the key of|in)\\s+([A-G])(#|♯|b|♭)?(?![\\p{L}\\p{N}'])");
    private static final Pattern MODE = Pattern.compile("\\b(major|minor)\\b");
    private static final Pattern METER = Pattern.compile("(?<![\\d/])(\\d{1,2})\\s*/\\s*([48])(?![\\d/])");
    private static final Pattern CLOCK = Pattern.compile("(?<![\\d:])(\\d{1,2}):([0-5]\\d)(?![\\d:])");
    private static final Pattern MINUTES = Pattern.compile(
            "((?<!\\d)\\d++(?:\\.\\d++)?+|one|two|three|four|five|half a)[\\s-]*+(?:minutes?|mins?)\\b(?:(?:\\s+and)?\\s+(\\d{1,2})\\s*(?:seconds?|secs?|s)\\b)?");
    private static final Pattern SECONDS =
            Pattern.compile("(\\d{2,3})[\\s-]*(?:seconds?|secs?|sec)\\b|(?<!the )\\b(\\d{2,3})\\s?s\\b(?:\\s+long)?");
    private static final Set<String> DECADES = Set.of("50", "60", "70", "80", "90");
    /** One or two words that name a thing. */
    private static final String THING =
            "(?!(?:or|and|nor|with|but)\\b)[\\p{L}-]+(?:\\s+(?!(?:or|and|nor|with|but|in|at)\\b)[\\p{L}-]+)?";

    /**
     * "no drums or live bass": things after one negation; a comma ends it unless another "no" or an "or" follows. Each
     * thing takes some of the stack, hence so many and no more.
     */
    private static final Pattern NOT = Pattern.compile(
            "\\b(?:no|without|minus|excluding|sans|drop the|leave out|not?\\s+any)\\s+(?:any\\s+|the\\s+)?(" + THING
                    + "(?:(?:,\\s*(?=no\\b|or\\b|nor\\b))?\\s*\\b(?:or|and|nor|no)\\s+(?:no\\s+|any\\s+)?"
                    + THING + "){0,30})");

    private static final Pattern DRUMLESS = Pattern.compile("\\b(drumless|beatless)\\b");
    private static final Pattern SOLO =
            Pattern.compile("\\bsolo\\s+\\p{L}|\\bonly\\b|\\bunaccompanied\\b|\\bjust\\s+(?:a\\s+|an\\s+)?\\p{L}");
    private static final Map<String, Integer> TEMPO_WORDS = Map.of(
            "largo",
            50,
            "adagio",
            68,
            "andante",
            88,
            "moderato",
            108,
            "allegretto",
            116,
            "allegro",
            132,
            "vivace",
            160,
            "presto",
            180);
    private static final Map<String, Double> NUMBERS =
            Map.of("one", 1.0, "two", 2.0, "three", 3.0, "four", 4.0, "five", 5.0, "half a", 0.5);

    private PromptReader() {}

    /** The brief. Never fails: what is not understood is left to style and seed. */
    public static Brief read(SongWish wish) {
        String words = wish.prompt();
        String text = plain(words);
        List<int[]> negated = negations(text);

        List<Found<String>> genres = Lexicon.genres(text);
        List<Found<Wish>> named = Lexicon.instruments(text);

        String genreWords = join(wish.subgenre(), wish.genre());
        Style style = style(wish, genres, negated).orElseGet(() -> moodStyle(text, negated, named));
        Mood mood = mood(plain(wish.mood() == null ? "" : wish.mood()), List.of())
                .or(() -> mood(text, negated))
                .or(() -> mood(plain(join(genreWords, wish.theme())), List.of()))
                .orElse(Mood.NEUTRAL);

        Set<Role> without = EnumSet.noneOf(Role.class);
        Set<Role> with = EnumSet.noneOf(Role.class);
        Set<Integer> avoid = new HashSet<>();
        Map<String, Wish> instruments = new LinkedHashMap<>();
        wish.instruments().forEach(word -> named(word).ifPresent(found -> instruments.put(found.word(), found)));
        boolean explicit = !instruments.isEmpty();
        for (Found<Wish> found : named) {
            if (inside(negated, found.start())) {
                role(found.meaning()).ifPresentOrElse(without::add, () -> avoid.addAll(family(found.meaning())));
                instruments.remove(found.word());
            } else if (genres.stream().noneMatch(g -> g.start() <= found.start() && g.end() >= found.end())) {
                role(found.meaning()).ifPresent(with::add);
                if (!explicit) {
                    instruments.putIfAbsent(found.word(), suited(found.meaning(), style));
                }
            }
        }
        if (DRUMLESS.matcher(text).find()) {
            without.add(Role.DRUMS);
        }
        instruments
                .values()
                .forEach(known -> role(known)
                        .filter(r -> r == Role.DRUMS || r == Role.BASS)
                        .ifPresent(with::add));
        if (inside(negated, text, "melody") || inside(negated, text, "lead")) {
            without.add(Role.MELODY);
            without.add(Role.HARMONY);
        }
        if (inside(negated, text, "chords")) {
            without.addAll(Set.of(Role.CHORDS, Role.CHORDS_TWO, Role.PAD, Role.ARPEGGIO));
        }
        with.removeAll(without);

        Optional<Key> key = Optional.ofNullable(wish.key()).flatMap(Key::parse).or(() -> key(words));
        return new Brief(
                wish.title(),
                style,
                mood,
                tempo(wish, text),
                key.orElse(null),
                key.isPresent() ? null : modeWish(text),
                meter(text, style),
                wish.durationSeconds() == null
                        ? duration(text).stream()
                                .mapToDouble(d -> d)
                                .findFirst()
                                .orElse(USUAL_DURATION)
                        : wish.durationSeconds(),
                List.copyOf(instruments.values()),
                without,
                with,
                avoid,
                SOLO.matcher(text).find() && !instruments.isEmpty(),
                complexity(wish.complexity()),
                wish.creativity() == null ? 0.5 : wish.creativity(),
                speed(text, negated),
                wish.seed());
    }

    /** Seconds that the words ask for, kept within what can be made; empty where they name none. */
    public static OptionalInt durationIn(String prompt) {
        return duration(plain(prompt)).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    /** Genre that a wish names, or else suits it. */
    public static String genreOf(SongWish wish) {
        String text = plain(wish.prompt());
        List<int[]> negated = negations(text);
        return style(wish, Lexicon.genres(text), negated)
                .orElseGet(() -> moodStyle(text, negated, Lexicon.instruments(text)))
                .name();
    }

    /** The style that a wish names, in whatever field. */
    private static Optional<Style> style(SongWish wish, List<Found<String>> genres, List<int[]> negated) {
        return style(Lexicon.genres(plain(join(wish.subgenre(), wish.genre()))), List.of(), true)
                .or(() -> style(genres, negated, false))
                .or(() -> style(Lexicon.genres(plain(join(wish.theme(), wish.mood()))), List.of(), false));
    }

    private static Optional<Style> style(List<Found<String>> genres, List<int[]> negated, boolean whole) {
        Map<String, Integer> scores = new LinkedHashMap<>();
        for (Found<String> found : genres) {
            if (!inside(negated, found.start())) {
                // the first mention counts more than later ones, exact names more than hints; "rock song" beats "dance"
                int weight =
                        (found.meaning().equals(found.word()) ? 4 : 3) + (scores.isEmpty() ? 1 : 0) + (whole ? 1 : 0);
                if (HINTS.contains(found.word())) {
                    weight = 1;
                }
                scores.merge(found.meaning(), weight, Integer::sum);
            }
        }
        return scores.entrySet().stream()
                .reduce((best, next) -> next.getValue() > best.getValue() ? next : best)
                .map(Map.Entry::getKey)
                .flatMap(Styles::named);
    }

    /** Words that name a scene rather than a genre. */
    private static final Set<String> HINTS = Set.of(
            "acoustic",
            "baby",
            "dance",
            "club",
            "study",
            "studying",
            "atmospheric",
            "groove",
            "fantasy",
            "adventure",
            "movie",
            "neon",
            "indie",
            "acid",
            "garage",
            "house",
            "dub",
            "spa",
            "funky",
            "orchestral",
            "drone",
            "battle",
            "noir",
            "rio",
            "80s",
            "western",
            "soundtrack",
            "video game",
            "swing",
            "alternative",
            "cyberpunk",
            "ethereal");

    private static Style moodStyle(String text, List<int[]> negated, List<Found<Wish>> named) {
        Set<String> words = Set.copyOf(named.stream().map(Found::word).toList());
        if (words.stream()
                .anyMatch(w -> w.startsWith("distort") || w.contains("heavy guitar") || w.equals("power chords"))) {
            return Styles.named("rock").orElseThrow();
        }
        if (words.stream().anyMatch(w -> w.contains("synth") || w.equals("drum machine") || w.startsWith("arp"))) {
            return Styles.named("electronic").orElseThrow();
        }
        if (words.contains("acoustic guitar") || words.contains("ukulele") || words.contains("banjo")) {
            return Styles.named("folk").orElseThrow();
        }
        if (words.contains("violin") || words.contains("harp") || words.contains("strings")) {
            return Styles.named("classical").orElseThrow();
        }
        Mood mood = mood(text, negated).orElse(Mood.NEUTRAL);
        return mood.energy() <= -0.4 ? Styles.named("ambient").orElseThrow() : Styles.usual();
    }

    /** In a rock song a guitar is an electric one. */
    private static Wish suited(Wish wish, Style style) {
        boolean plainGuitar = wish.word().equals("guitar") || wish.word().equals("guitars");
        boolean electric = wish.word().startsWith("electric guitar");
        return switch (style.name()) {
            case "rock", "metal", "punk" -> plainGuitar || electric ? new Wish(wish.word(), 30, Use.CHORDAL) : wish;
            case "jazz" -> plainGuitar || electric ? new Wish(wish.word(), 26, Use.CHORDAL) : wish;
            case "funk", "disco", "reggae", "soul", "blues", "lofi" ->
                plainGuitar ? new Wish(wish.word(), 27, Use.CHORDAL) : wish;
            case "bossa nova", "lullaby", "classical", "latin" ->
                plainGuitar ? new Wish(wish.word(), 24, Use.CHORDAL) : wish;
            default -> wish;
        };
    }

    private static Optional<Mood> mood(String text, List<int[]> negated) {
        List<Mood> moods = Lexicon.moods(text).stream()
                .filter(found -> !inside(negated, found.start()))
                .map(Found::meaning)
                .toList();
        if (moods.isEmpty()) {
            return Optional.empty();
        }
        Function<Function<Mood, Double>, Double> mean =
                part -> moods.stream().mapToDouble(part::apply).average().orElse(0);
        return Optional.of(new Mood(
                moods.getFirst().word(),
                mean.apply(Mood::brightness),
                mean.apply(Mood::energy),
                mean.apply(Mood::room)));
    }

    private static @Nullable Integer tempo(SongWish wish, String text) {
        if (wish.tempo() != null) {
            return wish.tempo();
        }
        Matcher matcher = BPM.matcher(text);
        if (matcher.find()) {
            String number = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            return Math.clamp(Integer.parseInt(number), SLOWEST, FASTEST);
        }
        for (String word : text.split("[^\\p{L}]+", -1)) {
            Integer tempo = TEMPO_WORDS.get(word);
            if (tempo != null) {
                return tempo;
            }
        }
        return null;
    }

    private static double speed(String text, List<int[]> negated) {
        return Lexicon.speeds(text).stream()
                .filter(found -> !inside(negated, found.start()))
                .mapToDouble(Found::meaning)
                .findFirst()
                .orElse(1);
    }

    private static Optional<Key> key(String words) {
        Matcher matcher = KEY.matcher(words);
        while (matcher.find()) {
            String letter = matcher.group(1);
            // "a minor problem", "in a major mood": the article, unless something says that a key is meant
            boolean article = letter.equals("a") && matcher.group(2) == null && matcher.group(3) == null;
            if (article && !saysKey(words, matcher)) {
                continue;
            }
            String sign = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
            return Optional.of(Key.spelt(letter.toUpperCase(Locale.ROOT) + accidental(sign), mode(matcher.group(4))));
        }
        Matcher shortKey = SHORT_KEY.matcher(words);
        if (shortKey.find()) {
            return Optional.of(Key.spelt(shortKey.group(1) + accidental(shortKey.group(2)), Mode.MINOR));
        }
        Matcher of = KEY_OF.matcher(words);
        return of.find() ? Optional.of(Key.spelt(of.group(1) + accidental(of.group(2)), Mode.MAJOR)) : Optional.empty();
    }

    private static boolean saysKey(String words, Matcher matcher) {
        int last = matcher.start();
        while (last > 0 && Character.isWhitespace(words.charAt(last - 1))) {
            last--;
        }
        // the last few letters do: all of them, for every "a minor" of many, would be a lot
        String before = words.substring(Math.max(0, last - 8), last).toLowerCase(Locale.ROOT);
        String after = words.substring(matcher.end()).stripLeading();
        return (before.endsWith("key of")
                                || before.endsWith("bpm")
                                || before.endsWith("bpm,")
                                || after.isEmpty()
                                || after.startsWith(",")
                                || after.startsWith("."))
                        && !before.endsWith("in")
                || before.endsWith("key of");
    }

    private static String accidental(@Nullable String sign) {
        if (sign == null) {
            return "";
        }
        return switch (sign) {
            case "#", "♯", "sharp" -> "#";
            default -> "b";
        };
    }

    private static Mode mode(String word) {
        return switch (word) {
            case "minor", "min", "dorian", "phrygian", "aeolian" -> Mode.MINOR;
            default -> Mode.MAJOR;
        };
    }

    private static @Nullable String modeWish(String text) {
        Matcher matcher = MODE.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static Meter meter(String text, Style style) {
        Matcher matcher = METER.matcher(text);
        while (matcher.find()) {
            Optional<Meter> meter = Meter.of(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
            if (meter.isPresent()) {
                return meter.get();
            }
        }
        boolean waltz = style.name().equals("waltz") || text.contains("waltz");
        return waltz ? Meter.of(3, 4).orElseThrow() : Meter.FOUR_FOUR;
    }

    private static Optional<Integer> duration(String text) {
        Matcher clock = CLOCK.matcher(text);
        if (clock.find()) {
            return Optional.of(within(Integer.parseInt(clock.group(1)) * 60 + Integer.parseInt(clock.group(2))));
        }
        Matcher minutes = MINUTES.matcher(text);
        if (minutes.find()) {
            Double number = NUMBERS.get(minutes.group(1));
            double whole = (number == null ? Double.parseDouble(minutes.group(1)) : number) * 60;
            int more = minutes.group(2) == null ? 0 : Integer.parseInt(minutes.group(2));
            return Optional.of(within((int) Math.round(Math.min(whole, 100_000)) + more));
        }
        Matcher seconds = SECONDS.matcher(text);
        while (seconds.find()) {
            if (seconds.group(1) != null) {
                return Optional.of(within(Integer.parseInt(seconds.group(1))));
            }
            // "80s" is a decade
            if (!DECADES.contains(seconds.group(2))) {
                return Optional.of(within(Integer.parseInt(seconds.group(2))));
            }
        }
        return Optional.empty();
    }

    private static int within(int seconds) {
        return Math.clamp(seconds, SHORTEST, LONGEST);
    }

    private static double complexity(@Nullable String word) {
        if (word == null) {
            return 0.5;
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "low", "simple", "easy", "minimal", "minimalist", "basic", "beginner", "sparse" -> 0.15;
            case "high",
                    "complex",
                    "advanced",
                    "intricate",
                    "rich",
                    "hard",
                    "dense",
                    "very_high",
                    "expert",
                    "elaborate" -> 0.9;
            default -> 0.5;
        };
    }

    // ---- negations ----

    private static List<int[]> negations(String text) {
        List<int[]> spans = new ArrayList<>();
        Matcher matcher = NOT.matcher(text);
        while (matcher.find()) {
            spans.add(new int[] {matcher.start(1), matcher.end(1)});
        }
        return spans;
    }

    private static boolean inside(List<int[]> spans, int position) {
        return spans.stream().anyMatch(span -> span[0] <= position && position < span[1]);
    }

    private static boolean inside(List<int[]> spans, String text, String word) {
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            if (inside(spans, at)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Role> role(Wish wish) {
        return switch (wish.use()) {
            case DRUMS -> Optional.of(Role.DRUMS);
            case BASS -> Optional.of(Role.BASS);
            default -> Optional.empty();
        };
    }

    /** Who says "no guitar" means every guitar. */
    private static List<Integer> family(Wish wish) {
        if (wish.word().contains("guitar")) {
            return List.of(24, 25, 26, 27, 28, 29, 30);
        }
        if (wish.word().contains("synth")) {
            return List.of(50, 62, 80, 81, 87, 88, 89, 90, 95);
        }
        if (wish.word().contains("string")) {
            return List.of(40, 45, 48, 50);
        }
        return List.of(wish.program());
    }

    private static Optional<Wish> named(String word) {
        String plain = plain(word).strip();
        return Lexicon.instrument(plain)
                .or(() ->
                        Lexicon.instruments(plain).stream().map(Found::meaning).findFirst());
    }

    private static String join(@Nullable String first, @Nullable String second) {
        return (first == null ? "" : first) + " " + (second == null ? "" : second);
    }

    private static String plain(String words) {
        return words.toLowerCase(Locale.ROOT)
                .replace('_', ' ')
                .replace('’', '\'')
                .replaceAll("\\s+", " ");
    }
}
