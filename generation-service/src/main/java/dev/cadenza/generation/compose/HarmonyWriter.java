package dev.cadenza.generation.compose;

import dev.cadenza.generation.music.Chord;
import dev.cadenza.generation.music.ChordSpan;
import dev.cadenza.generation.music.Key;
import dev.cadenza.generation.music.Mode;
import dev.cadenza.generation.music.Section;
import dev.cadenza.generation.music.Section.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Chooses a progression for each kind of section and closes phrases with cadences. */
final class HarmonyWriter {

    private HarmonyWriter() {}

    static List<ChordSpan> write(Brief brief, Key key, List<Section> sections, int bars, double bar, double ring) {
        StyleData style = brief.style().data;
        Progressions progressions = key.mode() == Mode.MAJOR ? style.major() : style.minor();
        Dice dice = Dice.of(brief.seed(), "harmony");
        Map<Kind, List<String>> chosen = new EnumMap<>(Kind.class);
        chosen.put(Kind.VERSE, tokens(dice.pick(progressions.verse())));
        chosen.put(Kind.CHORUS, tokens(dice.pick(progressions.chorus())));
        chosen.put(Kind.BRIDGE, tokens(dice.pick(progressions.bridge())));
        chosen.put(Kind.INTRO, dice.chance(0.5) ? chosen.get(Kind.VERSE) : chosen.get(Kind.CHORUS));
        chosen.put(Kind.OUTRO, chosen.get(Kind.INTRO));

        int colour = brief.complexity() < 0.25 ? 0 : Math.min(2, style.colour() + (brief.complexity() > 0.8 ? 1 : 0));
        List<String> byBar = new ArrayList<>();
        for (Section section : sections) {
            List<String> progression = chosen.getOrDefault(section.kind(), List.of("I"));
            int held = section.bars() >= progression.size() * style.barsPerChord() ? style.barsPerChord() : 1;
            // a section shorter than its progression takes the end of it, where the cadence is
            int skip = Math.max(0, progression.size() * held - section.bars());
            for (int i = 0; i < section.bars(); i++) {
                byBar.add(progression.get((i + skip) / held % progression.size()));
            }
        }
        closePhrases(byBar, sections, key, style);

        List<ChordSpan> spans = new ArrayList<>();
        for (int i = 0; i < bars; i++) {
            String numeral = byBar.get(i);
            boolean sectionStarts = startsAt(sections, i);
            if (!spans.isEmpty()
                    && !sectionStarts
                    && spans.getLast().chord().numeral().equals(numeral)) {
                ChordSpan last = spans.removeLast();
                spans.add(new ChordSpan(last.beat(), last.length() + bar, last.chord()));
            } else {
                spans.add(new ChordSpan(i * bar, bar, Chord.of(numeral, key, colour)));
            }
        }
        String tonic = key.mode() == Mode.MAJOR ? "I" : "i";
        spans.add(new ChordSpan(
                bars * bar, ring, Chord.of(tonic, key, colour == 0 ? 0 : key.mode() == Mode.MAJOR ? 1 : 0)));
        return spans;
    }

    private static boolean startsAt(List<Section> sections, int bar) {
        return sections.stream().anyMatch(section -> section.firstBar() == bar);
    }

    private static void closePhrases(List<String> byBar, List<Section> sections, Key key, StyleData style) {
        boolean blues = style.major().verse().getFirst().split(" ").length == 12;
        String dominant = key.mode() == Mode.MAJOR ? "V" : modal(style) ? "VII" : "V";
        for (int i = 0; i + 1 < sections.size() && !blues; i++) {
            int last = sections.get(i).endBar() - 1;
            // two tonics in a row across a border sound like standing still
            if (isTonic(byBar.get(last))
                    && isTonic(byBar.get(last + 1))
                    && sections.get(i).bars() > 1) {
                byBar.set(last, dominant);
            }
        }
        int last = byBar.size() - 1;
        if (byBar.size() > 1
                && (isTonic(byBar.get(last))
                        || byBar.get(last).startsWith("vi")
                        || byBar.get(last).startsWith("iii"))) {
            byBar.set(last, blues ? "V7" : plagal(style) ? (key.mode() == Mode.MAJOR ? "IV" : "iv") : dominant);
        }
    }

    private static boolean isTonic(String numeral) {
        return numeral.matches("[Ii](?![IiVv]).*");
    }

    private static boolean modal(StyleData style) {
        return switch (style.groove()) {
            case ROCK,
                    METAL,
                    PUNK,
                    HOUSE,
                    TECHNO,
                    SYNTHWAVE,
                    DRUM_AND_BASS,
                    DUBSTEP,
                    TRAP,
                    BOOM_BAP,
                    ONE_DROP,
                    CINEMATIC,
                    FUNK -> true;
            default -> false;
        };
    }

    private static boolean plagal(StyleData style) {
        return style.barsPerChord() == 2 || style.groove() == Groove.SOUL;
    }

    private static List<String> tokens(String progression) {
        return Arrays.asList(progression.split(" ", -1));
    }
}
