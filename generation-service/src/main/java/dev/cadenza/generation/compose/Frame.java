package dev.cadenza.generation.compose;

import dev.cadenza.generation.music.Chord;
import dev.cadenza.generation.music.ChordSpan;
import dev.cadenza.generation.music.Key;
import dev.cadenza.generation.music.Meter;
import dev.cadenza.generation.music.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * What all players agree on before they play.
 *
 * @param chords bar by bar up to {@link #bars}, then the last chord that rings out
 */
record Frame(Brief brief, Key key, int tempo, Meter meter, int bars, List<Section> sections, List<ChordSpan> chords) {

    StyleData style() {
        return brief.style().data;
    }

    /** Length of a bar in quarter notes. */
    double bar() {
        return meter.beats();
    }

    /** Start of the last chord. */
    double endBeat() {
        return bars * bar();
    }

    /** Length of the last chord. */
    double ringBeats() {
        return brief.durationSeconds() * tempo / 60.0 - endBeat();
    }

    Chord chordAt(double beat) {
        Chord found = chords.getFirst().chord();
        for (ChordSpan span : chords) {
            if (span.beat() > beat + 1e-6) {
                break;
            }
            found = span.chord();
        }
        return found;
    }

    /** Chords that begin within the section, the last chord of the song excluded. */
    List<ChordSpan> chordsOf(Section section) {
        double from = section.firstBar() * bar();
        double to = section.endBar() * bar();
        return chords.stream()
                .filter(span -> span.beat() > from - 1e-6 && span.beat() < to - 1e-6 && span.beat() < endBeat() - 1e-6)
                .toList();
    }

    Section sectionOf(int bar) {
        return sections.stream()
                .filter(section -> bar < section.endBar())
                .findFirst()
                .orElse(sections.getLast());
    }

    /** Onsets and lengths of a pattern: {@code x} or {@code X} begins, {@code -} holds, anything else is silent. */
    static List<int[]> onsets(String pattern) {
        List<int[]> onsets = new ArrayList<>();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c != 'x' && c != 'X' && c != 'o') {
                continue;
            }
            int end = i + 1;
            while (end < pattern.length() && pattern.charAt(end) == '-') {
                end++;
            }
            onsets.add(new int[] {i, end - i, c == 'X' ? 2 : c == 'x' ? 1 : 0});
        }
        return onsets;
    }

    /** A pattern for a bar of any metre: as written for sixteen steps in 4/4, else one hit for each group. */
    String fit(String sixteen) {
        if (meter.isFourFour()) {
            return sixteen;
        }
        StringBuilder fitted = new StringBuilder();
        for (int group : meter.groups()) {
            fitted.append('x').append("-".repeat(group - 1));
        }
        return fitted.toString();
    }
}
