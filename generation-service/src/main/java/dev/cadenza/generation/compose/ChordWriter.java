package dev.cadenza.generation.compose;

import dev.cadenza.generation.music.ChordSpan;
import dev.cadenza.generation.music.Note;
import dev.cadenza.generation.music.Section;
import dev.cadenza.generation.music.Section.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plays the chords in the rhythm of the style. */
final class ChordWriter {

    private final Frame frame;
    private final Comping comping;
    private final boolean leftHand;
    private final Dice dice;
    private final Map<ChordSpan, List<Integer>> voicings;

    /**
     * @param leftHand whether low roots are added, because nobody else plays the bass
     */
    ChordWriter(Frame frame, Comping comping, int low, int high, boolean leftHand, String matter) {
        this.frame = frame;
        this.comping = comping;
        this.leftHand = leftHand;
        this.dice = Dice.of(frame.brief().seed(), matter);
        int voices = frame.style().colour() > 0 || comping == Comping.HELD || comping == Comping.FLOWING ? 4 : 3;
        this.voicings = Voicing.lead(frame.chords(), low, high, voices);
    }

    List<Note> write(Section section) {
        List<Note> notes = new ArrayList<>();
        for (ChordSpan span : frame.chordsOf(section)) {
            List<Integer> voicing = voicings.getOrDefault(span, List.of());
            int bars = (int) Math.round(span.length() / frame.bar());
            if (comping == Comping.HELD) {
                held(notes, span.beat(), span.length(), voicing, 70);
            }
            for (int i = 0; i < bars; i++) {
                double beat = span.beat() + i * frame.bar();
                bar(notes, beat, span, voicing, section, (int) Math.round(beat / frame.bar()));
            }
        }
        return notes;
    }

    /** The last chord of the song, rolled from below. */
    List<Note> last() {
        ChordSpan span = frame.chords().getLast();
        List<Note> notes = new ArrayList<>();
        List<Integer> voicing = voicings.getOrDefault(span, List.of());
        List<Integer> pitches = new ArrayList<>(voicing);
        if (comping == Comping.POWER || comping == Comping.CHUGS) {
            pitches = power(span);
        }
        if (leftHand) {
            pitches.addFirst(low(span.chord().root()));
        }
        double spread = comping == Comping.HELD || comping == Comping.POWER || comping == Comping.CHUGS ? 0 : 0.05;
        for (int i = 0; i < pitches.size(); i++) {
            notes.add(new Note(
                    span.beat() + i * spread, span.length() * 0.9, pitches.get(i), (pitches.size() > 3 ? 64 : 76) - i));
        }
        return notes;
    }

    private void bar(List<Note> notes, double beat, ChordSpan span, List<Integer> voicing, Section section, int bar) {
        // a guitar intro shows what is to come
        boolean loud = section.energy() >= 0.7
                || section.kind() == Kind.INTRO && (comping == Comping.POWER || comping == Comping.CHUGS);
        int steps = frame.meter().steps();
        switch (comping) {
            case HELD -> {
                // written for the span as a whole
            }
            case FLOWING -> flowing(notes, beat, span, voicing);
            case BROKEN -> {
                int[] order = {0, 2, 1, 2};
                for (int step = 0; step < steps; step += 2) {
                    int voice = Math.min(order[step / 2 % 4], voicing.size() - 1);
                    notes.add(new Note(beat + step / 4.0, 0.5, voicing.get(voice), step == 0 ? 76 : 62));
                }
                left(notes, beat, span, frame.bar(), 70);
            }
            case BLOCKS -> {
                hits(
                        notes,
                        beat,
                        voicing,
                        frame.fit(loud ? (bar % 2 == 0 ? "X--x--x-x--x--x-" : "X--x--x-x---x---") : "X-------x---x---"),
                        72,
                        0.95);
                left(notes, beat, span, frame.bar() / 2, 74);
                if (leftHand) {
                    notes.add(new Note(
                            beat + frame.bar() / 2,
                            frame.bar() / 2,
                            low(span.chord().root()) + 12,
                            66));
                }
            }
            case STRUM -> strum(notes, beat, span, voicing, frame.fit(loud ? "X---x-x---x-x-x-" : "X---x---..x-x-x-"));
            case FINGERPICK -> fingerpick(notes, beat, span, voicing, steps);
            case POWER -> {
                List<Integer> power = power(span);
                if (loud) {
                    hits(
                            notes,
                            beat,
                            power,
                            frame.fit(bar % 2 == 0 ? "X-----x-x---x---" : "X---x---x---x-x-"),
                            92,
                            0.98);
                } else {
                    String pattern = frame.meter().isFourFour() ? "X-x-x-x-X-x-x-x-" : "x-".repeat(steps / 2);
                    hits(notes, beat, power, pattern, 86, 0.75);
                }
            }
            case CHUGS -> {
                List<Integer> power = power(span);
                if (loud) {
                    hits(notes, beat, power, frame.fit("X---x-x-X---x-x-"), 98, 0.95);
                } else {
                    String pattern = frame.meter().isFourFour() ? "X-xxx-xxX-xxx-xx" : "x-".repeat(steps / 2);
                    hits(notes, beat, power.subList(0, 2), pattern, 90, 0.55);
                }
            }
            case STABS ->
                hits(notes, beat, voicing, frame.fit(bar % 2 == 0 ? "x..x..x...x..x.." : "..x..x..x.x..x.."), 82, 0.7);
            case OFFBEATS -> hits(notes, beat, voicing, frame.fit("..x...x...x...x."), 84, 0.55);
            case CHARLESTON ->
                hits(
                        notes,
                        beat,
                        voicing,
                        frame.fit(dice.pick(List.of(
                                "x-....x---......",
                                "....x-....x-....",
                                "x-....x-....x-..",
                                "..x-....x---....",
                                "x---..........x-"))),
                        70,
                        0.9);
            case SCRATCH ->
                hits(
                        notes,
                        beat,
                        upper(voicing),
                        frame.fit(bar % 2 == 0 ? "X..x..x.o.x..x.x" : "..x..xx.o.x.x..x"),
                        76,
                        0.45);
            case PULSE -> {
                for (int step = 0; step < steps; step += 2) {
                    hit(
                            notes,
                            beat + step / 4.0,
                            0.42,
                            voicing,
                            (frame.meter().isStrong(step) ? 82 : 66) + (loud ? 8 : 0));
                }
            }
            case LAZY -> {
                String pattern = frame.fit(dice.pick(
                        List.of("x-------..x-----", "x---------x-----", "x-----x---------", "x-----------x---")));
                for (int[] onset : Frame.onsets(pattern)) {
                    for (int i = 0; i < voicing.size(); i++) {
                        notes.add(new Note(
                                beat + onset[0] / 4.0 + i * 0.025,
                                onset[1] / 4.0 * 0.95,
                                voicing.get(i),
                                68 - (onset[0] > 0 ? 8 : 0)));
                    }
                }
                left(notes, beat, span, frame.bar(), 66);
            }
            case MONTUNO -> {
                hits(
                        notes,
                        beat,
                        upper(voicing),
                        frame.fit(bar % 2 == 0 ? "x-..x-..x...x-x." : "..x-..x-..x-x-.."),
                        68,
                        0.85);
                left(notes, beat, span, frame.bar() / 2, 68);
            }
            case OOMPAH -> {
                notes.add(new Note(beat, 0.9, low(span.chord().root()), 78));
                int step = 0;
                for (int group : frame.meter().groups()) {
                    if (step > 0) {
                        hit(notes, beat + step / 4.0, 0.7, voicing, 62);
                    }
                    step += group;
                }
            }
        }
    }

    /** Pedal down: broken upwards and back, each note ringing to the end of the bar. */
    private void flowing(List<Note> notes, double beat, ChordSpan span, List<Integer> voicing) {
        List<Integer> line = new ArrayList<>();
        int root = low(span.chord().root());
        line.add(root);
        line.add(fifth(span, root));
        line.addAll(voicing);
        for (int i = voicing.size() - 2; i > 0; i--) {
            line.add(voicing.get(i));
        }
        int steps = frame.meter().steps();
        boolean first = Math.abs(beat - span.beat()) < 0.01;
        int skip = first ? 0 : 2;
        for (int step = 0; step < steps; step += 2) {
            int index = (step / 2 + skip) % line.size();
            if (step > 0 && dice.chance(0.12)) {
                continue; // breath
            }
            notes.add(new Note(
                    beat + step / 4.0,
                    frame.bar() - step / 4.0,
                    line.get(index),
                    (step == 0 ? 60 : 54) + dice.below(5)));
        }
    }

    private void fingerpick(List<Note> notes, double beat, ChordSpan span, List<Integer> voicing, int steps) {
        int root = low(span.chord().root()) + 12 <= 50
                ? low(span.chord().root()) + 12
                : low(span.chord().root());
        int fifth = fifth(span, root);
        int[] order = {0, voicing.size() - 1, 1, voicing.size() - 2, 0, voicing.size() - 1, 1, voicing.size() - 1};
        for (int step = 0; step < steps; step += 2) {
            int place = step / 2;
            if (place % 2 == 0) {
                notes.add(new Note(beat + step / 4.0, 1.2, place % 4 == 0 ? root : fifth, place == 0 ? 82 : 70));
            }
            if (place % 2 == 1 || place % 4 == 0 && place > 0) {
                notes.add(new Note(
                        beat + step / 4.0, 1.0, voicing.get(Math.clamp(order[place % 8], 0, voicing.size() - 1)), 68));
            }
        }
    }

    private void strum(List<Note> notes, double beat, ChordSpan span, List<Integer> voicing, String pattern) {
        List<Integer> strings = new ArrayList<>(voicing);
        int root = low(span.chord().root());
        strings.addFirst(root + (root + 12 < voicing.getFirst() ? 12 : 0));
        strings.add(voicing.getFirst() + 12);
        strings.sort(null);
        for (int[] onset : Frame.onsets(pattern)) {
            boolean up = onset[0] % 4 == 2;
            int count = up ? Math.min(3, strings.size()) : strings.size();
            for (int i = 0; i < count; i++) {
                int string = up ? strings.size() - 1 - i : i;
                notes.add(new Note(
                        beat + onset[0] / 4.0 + i * 0.018,
                        onset[1] / 4.0,
                        strings.get(string),
                        (onset[2] == 2 ? 84 : 72) - (up ? 8 : 0) - i));
            }
        }
    }

    private void hits(List<Note> notes, double beat, List<Integer> pitches, String pattern, int velocity, double gate) {
        for (int[] onset : Frame.onsets(pattern)) {
            hit(notes, beat + onset[0] / 4.0, onset[1] / 4.0 * gate, pitches, velocity + (onset[2] - 1) * 10);
        }
    }

    private static void hit(List<Note> notes, double beat, double length, List<Integer> pitches, int velocity) {
        for (int pitch : pitches) {
            notes.add(new Note(beat, length, pitch, velocity));
        }
    }

    private static void held(List<Note> notes, double beat, double length, List<Integer> pitches, int velocity) {
        hit(notes, beat, length * 0.98, pitches, velocity);
    }

    private void left(List<Note> notes, double beat, ChordSpan span, double length, int velocity) {
        if (leftHand) {
            notes.add(new Note(beat, length * 0.96, low(span.chord().root()), velocity));
        }
    }

    private static List<Integer> upper(List<Integer> voicing) {
        return voicing.size() > 3 ? voicing.subList(voicing.size() - 3, voicing.size()) : voicing;
    }

    /** Root, fifth and octave on the low strings. */
    private static List<Integer> power(ChordSpan span) {
        int root = 40 + Math.floorMod(span.chord().root() - 40, 12);
        root = root > 47 ? root - 12 : root;
        int fifth = fifth(span, root);
        return new ArrayList<>(List.of(root, fifth, root + 12));
    }

    private static int fifth(ChordSpan span, int root) {
        for (int interval : new int[] {7, 6, 8}) {
            if (span.chord().contains(root + interval)) {
                return root + interval;
            }
        }
        return root + 12;
    }

    private static int low(int pitchClass) {
        return 36 + Math.floorMod(pitchClass - 36, 12) - (Math.floorMod(pitchClass, 12) > 9 ? 12 : 0);
    }

    /** Broken chords in even notes, for an arpeggiator or a harp. */
    List<Note> arpeggio(Section section, int stepLength) {
        List<Note> notes = new ArrayList<>();
        for (ChordSpan span : frame.chordsOf(section)) {
            List<Integer> voicing = voicings.getOrDefault(span, List.of());
            List<Integer> line = new ArrayList<>(voicing);
            line.add(voicing.getFirst() + 12);
            boolean back = section.kind() == Kind.CHORUS || frame.style().groove() == Groove.NONE;
            for (int i = line.size() - 2; back && i > 0; i--) {
                line.add(line.get(i));
            }
            int total = (int) Math.round(span.length() * 4);
            for (int step = 0, index = 0; step < total; step += stepLength, index++) {
                notes.add(new Note(
                        span.beat() + step / 4.0,
                        stepLength / 4.0 * 0.85,
                        line.get(index % line.size()),
                        step % 4 == 0 ? 78 : 64));
            }
        }
        return notes;
    }
}
