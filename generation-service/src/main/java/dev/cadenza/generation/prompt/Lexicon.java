package dev.cadenza.generation.prompt;

import dev.cadenza.generation.compose.Brief.Use;
import dev.cadenza.generation.compose.Brief.Wish;
import dev.cadenza.generation.compose.Mood;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words that prompts are made of. Longer words win over shorter ones inside them. */
final class Lexicon {

    private static final Map<String, String> GENRES = new LinkedHashMap<>();
    private static final Map<String, Mood> MOODS = new LinkedHashMap<>();
    private static final Map<String, Wish> INSTRUMENTS = new LinkedHashMap<>();
    private static final Map<String, Double> SPEEDS = new LinkedHashMap<>();

    static {
        genre("pop", "pop", "radio friendly", "top 40", "k-pop", "kpop", "indie pop", "boy band");
        genre(
                "rock",
                "rock",
                "indie rock",
                "hard rock",
                "alternative",
                "grunge",
                "indie",
                "stadium",
                "classic rock",
                "garage rock",
                "surf rock",
                "post-rock");
        genre(
                "metal",
                "metal",
                "heavy metal",
                "death metal",
                "thrash",
                "double kick",
                "double bass drum",
                "metalcore",
                "djent",
                "power metal",
                "doom metal");
        genre("punk", "punk", "punk rock", "pop punk", "hardcore");
        genre("jazz", "jazz", "swing", "bebop", "big band", "smooth jazz", "cool jazz", "noir", "ragtime", "dixieland");
        genre("blues", "blues", "bluesy", "delta blues", "twelve bar", "12 bar", "12-bar");
        genre(
                "folk",
                "folk",
                "acoustic",
                "singer-songwriter",
                "singer songwriter",
                "campfire",
                "celtic",
                "americana",
                "indie folk");
        genre("country", "country", "bluegrass", "western", "honky tonk", "nashville");
        genre(
                "classical",
                "classical",
                "baroque",
                "romantic era",
                "sonata",
                "string quartet",
                "chamber music",
                "chamber",
                "mozart",
                "bach",
                "chopin",
                "orchestra",
                "orchestral",
                "symphony",
                "symphonic",
                "minuet",
                "etude",
                "nocturne");
        genre(
                "ambient",
                "ambient",
                "atmospheric",
                "soundscape",
                "drone",
                "meditation",
                "meditative",
                "ethereal",
                "background music",
                "sleep music");
        genre("new age", "new age", "spa", "yoga", "healing", "zen");
        genre("lullaby", "lullaby", "baby", "bedtime", "nursery", "cradle");
        genre(
                "electronic",
                "electronic",
                "edm",
                "electro",
                "electronica",
                "dance music",
                "dance",
                "synth pop",
                "synthpop",
                "club",
                "big room",
                "future bass",
                "idm",
                "downtempo");
        genre("house", "house", "deep house", "progressive house", "tropical house", "tech house", "garage");
        genre("techno", "techno", "minimal techno", "acid", "industrial", "hardstyle", "rave");
        genre("trance", "trance", "psytrance", "uplifting trance", "goa");
        genre(
                "synthwave",
                "synthwave",
                "retrowave",
                "outrun",
                "vaporwave",
                "80s",
                "eighties",
                "1980s",
                "cyberpunk",
                "retro synth",
                "darksynth",
                "neon",
                "new wave");
        genre(
                "drum and bass",
                "drum and bass",
                "drum n bass",
                "drum & bass",
                "drum'n'bass",
                "dnb",
                "d&b",
                "jungle",
                "liquid dnb",
                "breakbeat");
        genre("dubstep", "dubstep", "wobble", "brostep");
        genre(
                "lofi",
                "lofi",
                "lo-fi",
                "lo fi",
                "chillhop",
                "study beats",
                "chill beats",
                "study",
                "studying",
                "chillout");
        genre("hip hop", "hip hop", "hip-hop", "hiphop", "rap", "boom bap", "old school rap", "90s hip hop");
        genre("trap", "trap", "drill", "phonk");
        genre("soul", "soul", "r&b", "rnb", "r and b", "neo soul", "neo-soul", "motown", "gospel", "r_b");
        genre("funk", "funk", "funky", "groove");
        genre("disco", "disco", "nu disco", "nu-disco", "70s dance", "boogie");
        genre("reggae", "reggae", "dub", "ska", "dancehall", "jamaican", "rocksteady");
        genre("bossa nova", "bossa nova", "bossa", "samba", "brazilian", "rio");
        genre(
                "latin",
                "latin",
                "salsa",
                "mambo",
                "reggaeton",
                "cumbia",
                "tango",
                "flamenco",
                "merengue",
                "cuban",
                "bachata",
                "mariachi",
                "afrobeat");
        genre(
                "cinematic",
                "cinematic",
                "film score",
                "soundtrack",
                "movie",
                "trailer",
                "battle",
                "fantasy",
                "adventure",
                "hans zimmer",
                "score for a film",
                "video game boss",
                "epic orchestral");
        genre("waltz", "waltz", "viennese");
        genre(
                "chiptune",
                "chiptune",
                "8-bit",
                "8 bit",
                "8bit",
                "video game",
                "arcade",
                "retro game",
                "nes",
                "game boy");

        mood(
                "calm",
                .3,
                -.6,
                .2,
                "calm",
                "calming",
                "peaceful",
                "serene",
                "tranquil",
                "quiet",
                "gentle",
                "soft",
                "soothing",
                "still");
        mood(
                "relaxing",
                .3,
                -.5,
                .15,
                "relaxing",
                "relaxed",
                "chill",
                "chilled",
                "laid back",
                "laid-back",
                "mellow",
                "easy",
                "cozy",
                "cosy");
        mood(
                "happy",
                .9,
                .35,
                0,
                "happy",
                "cheerful",
                "joyful",
                "joyous",
                "sunny",
                "fun",
                "feel good",
                "feel-good",
                "smiling");
        mood(
                "uplifting",
                .8,
                .4,
                .05,
                "uplifting",
                "hopeful",
                "inspiring",
                "inspirational",
                "optimistic",
                "positive",
                "motivational",
                "triumphant",
                "bright");
        mood(
                "energetic",
                .1,
                .8,
                0,
                "energetic",
                "upbeat",
                "driving",
                "powerful",
                "intense",
                "exciting",
                "lively",
                "high energy",
                "high-energy",
                "pumping",
                "hype",
                "workout",
                "party");
        mood(
                "sad",
                -.9,
                -.5,
                .15,
                "sad",
                "sorrowful",
                "tearful",
                "heartbroken",
                "heartbreak",
                "grief",
                "crying",
                "lonely",
                "mournful");
        mood(
                "melancholic",
                -.7,
                -.35,
                .2,
                "melancholic",
                "melancholy",
                "wistful",
                "bittersweet",
                "longing",
                "rainy",
                "moody",
                "blue");
        mood(
                "dark",
                -1,
                0,
                .2,
                "dark",
                "ominous",
                "sinister",
                "evil",
                "horror",
                "scary",
                "creepy",
                "haunting",
                "gloomy",
                "gothic");
        mood(
                "mysterious",
                -.7,
                -.2,
                .3,
                "mysterious",
                "mystical",
                "enigmatic",
                "suspenseful",
                "tense",
                "suspense",
                "eerie");
        mood("aggressive", -.8, .9, -.05, "aggressive", "angry", "furious", "brutal", "violent", "rage", "heavy");
        mood("epic", -.3, .6, .25, "epic", "heroic", "majestic", "grand", "dramatic", "glorious");
        mood("romantic", .4, -.3, .15, "romantic", "love", "tender", "intimate", "sensual", "sweet", "warm", "wedding");
        mood("nostalgic", -.2, -.1, .2, "nostalgic", "nostalgia", "retro", "vintage", "memories");
        mood(
                "dreamy",
                .2,
                -.4,
                .4,
                "dreamy",
                "dreamlike",
                "floating",
                "spacey",
                "space",
                "airy",
                "hypnotic",
                "weightless");
        mood("playful", .9, .4, -.05, "playful", "quirky", "funny", "silly", "whimsical", "bouncy", "cute", "comic");
        mood("confident", 0, .3, 0, "confident", "cool", "swagger", "sassy", "bold");

        wish(0, Use.CHORDAL, "piano", "grand piano", "pianos", "keys", "keyboard", "keyboards", "acoustic piano");
        wish(4, Use.CHORDAL, "electric piano", "rhodes", "e-piano", "epiano", "wurlitzer");
        wish(9, Use.LEAD, "glockenspiel", "bells", "celesta", "bell");
        wish(10, Use.LEAD, "music box");
        wish(11, Use.LEAD, "vibraphone", "vibes");
        wish(12, Use.CHORDAL, "marimba", "xylophone");
        wish(14, Use.LEAD, "tubular bells", "church bells");
        wish(16, Use.CHORDAL, "organ", "hammond", "church organ");
        wish(22, Use.LEAD, "harmonica");
        wish(24, Use.CHORDAL, "nylon guitar", "classical guitar", "spanish guitar", "ukulele", "flamenco guitar");
        wish(
                25,
                Use.CHORDAL,
                "acoustic guitar",
                "steel guitar",
                "guitar",
                "guitars",
                "acoustic guitars",
                "mandolin",
                "lute");
        wish(26, Use.CHORDAL, "jazz guitar");
        wish(27, Use.CHORDAL, "clean guitar", "electric guitar", "electric guitars", "clean electric guitar");
        wish(28, Use.CHORDAL, "muted guitar", "palm muted guitar");
        wish(29, Use.LEAD, "lead guitar", "guitar solo", "overdriven guitar", "overdrive");
        wish(
                30,
                Use.CHORDAL,
                "distorted guitar",
                "distorted guitars",
                "distortion guitar",
                "heavy guitar",
                "heavy guitars",
                "power chords",
                "crunchy guitars",
                "distortion");
        wish(
                33,
                Use.BASS,
                "bass",
                "bass guitar",
                "electric bass",
                "bassline",
                "bass line",
                "fingered bass",
                "slap bass");
        wish(32, Use.BASS, "upright bass", "double bass", "acoustic bass", "contrabass");
        wish(38, Use.BASS, "synth bass", "bass synth", "808 bass", "sub bass", "acid bass");
        wish(40, Use.LEAD, "violin", "fiddle", "viola");
        wish(45, Use.ARPEGGIO, "pizzicato", "pizzicato strings");
        wish(46, Use.ARPEGGIO, "harp");
        wish(47, Use.BASS, "timpani");
        wish(
                48,
                Use.PAD,
                "strings",
                "string section",
                "string ensemble",
                "orchestral strings",
                "cello",
                "cellos",
                "violins");
        wish(50, Use.PAD, "synth strings");
        wish(52, Use.PAD, "choir", "choirs", "choral", "voices");
        wish(54, Use.PAD, "synth voice", "vocal pad");
        wish(56, Use.LEAD, "trumpet", "trumpets");
        wish(60, Use.LEAD, "french horn", "horn", "french horns");
        wish(61, Use.LEAD, "brass", "horns", "brass section", "horn section", "trombone", "trombones");
        wish(62, Use.CHORDAL, "synth brass");
        wish(65, Use.LEAD, "saxophone", "sax", "alto sax", "tenor sax", "saxophones");
        wish(68, Use.LEAD, "oboe");
        wish(71, Use.LEAD, "clarinet");
        wish(73, Use.LEAD, "flute", "flutes", "recorder", "pan flute");
        wish(79, Use.LEAD, "whistle", "whistling", "ocarina");
        wish(80, Use.LEAD, "square lead", "square wave");
        wish(
                81,
                Use.LEAD,
                "synth lead",
                "lead synth",
                "synth",
                "synths",
                "saw lead",
                "synthesizer",
                "synthesizers",
                "supersaw");
        wish(81, Use.ARPEGGIO, "arpeggiator", "arpeggio", "arpeggios", "arp", "sequencer");
        wish(89, Use.PAD, "pad", "pads", "synth pad", "synth pads", "warm pad", "warm pads");
        wish(98, Use.ARPEGGIO, "crystal", "chimes");
        wish(104, Use.LEAD, "sitar");
        wish(105, Use.CHORDAL, "banjo");
        wish(108, Use.ARPEGGIO, "kalimba", "mbira", "thumb piano");
        wish(114, Use.LEAD, "steel drum", "steel drums", "steelpan", "steel pan");
        wish(
                0,
                Use.DRUMS,
                "drums",
                "drum",
                "percussion",
                "beat",
                "drum kit",
                "drumset",
                "live drums",
                "acoustic drums",
                "beats");
        wish(25, Use.DRUMS, "drum machine", "808", "808 drums", "808s", "tr-808", "909");
        wish(24, Use.DRUMS, "electronic drums", "gated drums");
        wish(40, Use.DRUMS, "brushes", "brushed drums", "brush drums");

        speed(.72, "very slow", "extremely slow", "glacial");
        speed(.84, "slow", "slowly", "ballad", "unhurried");
        speed(1.14, "fast", "quick", "rapid", "fast-paced", "fast paced", "up-tempo", "uptempo");
        speed(1.3, "very fast", "extremely fast", "frantic", "blazing");
    }

    private static final Pattern GENRE = pattern(GENRES);
    private static final Pattern MOOD = pattern(MOODS);
    private static final Pattern INSTRUMENT = pattern(INSTRUMENTS);
    private static final Pattern SPEED = pattern(SPEEDS);

    private Lexicon() {}

    /** A word that was found, and what it means. */
    record Found<T>(String word, int start, int end, T meaning) {}

    static List<Found<String>> genres(String text) {
        return find(GENRE, GENRES, text);
    }

    static List<Found<Mood>> moods(String text) {
        return find(MOOD, MOODS, text);
    }

    static List<Found<Wish>> instruments(String text) {
        return find(INSTRUMENT, INSTRUMENTS, text);
    }

    static List<Found<Double>> speeds(String text) {
        return find(SPEED, SPEEDS, text);
    }

    /** The instrument of exactly this word; underscores count as blanks. */
    static Optional<Wish> instrument(String word) {
        return Optional.ofNullable(INSTRUMENTS.get(word));
    }

    private static <T> List<Found<T>> find(Pattern pattern, Map<String, T> words, String text) {
        List<Found<T>> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            T meaning = words.get(matcher.group(1));
            if (meaning != null) {
                found.add(new Found<>(matcher.group(1), matcher.start(1), matcher.end(1), meaning));
            }
        }
        return found;
    }

    private static Pattern pattern(Map<String, ?> words) {
        String longestFirst = words.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .reduce((a, b) -> a + "|" + b)
                .orElseThrow();
        return Pattern.compile("(?<![\\p{L}\\p{N}])(" + longestFirst + ")(?![\\p{L}\\p{N}])");
    }

    private static void genre(String style, String... words) {
        for (String word : words) {
            GENRES.put(word, style);
        }
    }

    private static void mood(String name, double brightness, double energy, double room, String... words) {
        for (String word : words) {
            MOODS.put(word, new Mood(name, brightness, energy, room));
        }
    }

    private static void wish(int program, Use use, String... words) {
        for (String word : words) {
            INSTRUMENTS.put(word, new Wish(word, program, use));
        }
    }

    private static void speed(double factor, String... words) {
        for (String word : words) {
            SPEEDS.put(word, factor);
        }
    }
}
