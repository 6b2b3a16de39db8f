package dev.cadenza.generation.compose;

import dev.cadenza.generation.music.Chord;
import dev.cadenza.generation.music.ChordSpan;
import dev.cadenza.generation.music.Mode;
import dev.cadenza.generation.music.Note;
import dev.cadenza.generation.music.Section;
import java.util.ArrayList;
import java.util.List;

/** Plays the lowest line. */
final class BassWriter {

    private static final int LOWEST = 28;

    private final Frame frame;
    private final BassLine line;
    private final Dice dice;
    private int previous = 36;

    BassWriter(Frame frame) {
        this.frame = frame;
        this.line = frame.style().bassLine();
        this.dice = Dice.of(frame.brief().seed(), "bass");
    }

    List<Note> write(Section section) {
        List<Note> notes = new ArrayList<>();
        List<ChordSpan> spans = frame.chordsOf(section);
        for (ChordSpan span : spans) {
            int bars = (int) Math.round(span.length() / frame.bar());
            for (int i = 0; i < bars; i++) {
                double beat = span.beat() + i * frame.bar();
                Chord next = frame.chordAt(beat + frame.bar());
                int root = root(span.chord().root());
                bar(notes, beat, span.chord(), root, next, (int) Math.round(beat / frame.bar()), section.energy());
                previous = root;
            }
        }
        return notes;
    }

    /** The last root of the song. */
    Note last() {
        return new Note(
                frame.endBeat(),
                frame.ringBeats() * 0.85,
                root(frame.chords().getLast().chord().root()),
                88);
    }

    private void bar(List<Note> notes, double beat, Chord chord, int root, Chord next, int bar, double energy) {
        int steps = frame.meter().steps();
        boolean fourFour = frame.meter().isFourFour();
        int fifth = chord.contains(root + 7) ? root + 7 : root + 12;
        int octave = root + 12;
        switch (line) {
            case LONG -> add(notes, beat, frame.bar() * 0.97, root, 76);
            case ROOT_FIFTH -> {
                int step = 0;
                int index = 0;
                for (int group : frame.meter().groups()) {
                    if (!fourFour || step % 8 == 0) {
                        int low = fifth - 12 >= LOWEST ? fifth - 12 : fifth;
                        add(
                                notes,
                                beat + step / 4.0,
                                (fourFour ? 8 : group) / 4.0 * 0.8,
                                index % 2 == 0 ? root : low,
                                index == 0 ? 88 : 80);
                        index++;
                    }
                    step += group;
                }
            }
            case EIGHTHS -> {
                for (int step = 0; step < steps; step += 2) {
                    boolean leads = step == steps - 2 && next.root() != chord.root() && energy > 0.5;
                    int pitch = leads ? approach(root, next, chord) : root;
                    add(notes, beat + step / 4.0, 0.44, pitch, frame.meter().isStrong(step) ? 92 : 80);
                }
            }
            case SYNCOPATED ->
                pattern(
                        notes,
                        beat,
                        frame.fit(
                                energy > 0.7
                                        ? (bar % 2 == 0 ? "X--x--x-x---x-x-" : "X--x--x-..x-x---")
                                        : "X-----x-x-----x-"),
                        new int[] {root, root, fifth, root, octave, fifth},
                        84);
            case OCTAVES -> {
                for (int step = 0; step < steps; step += 2) {
                    add(notes, beat + step / 4.0, 0.4, step % 4 == 0 ? root : octave, step % 4 == 0 ? 90 : 78);
                }
            }
            case OFFBEAT -> {
                for (int step = 2; step < steps; step += 4) {
                    add(notes, beat + step / 4.0, 0.45, root, 88);
                }
            }
            case WALKING -> walking(notes, beat, chord, root, next);
            case SHUFFLE -> {
                int sixth = frame.key().mode() == Mode.MAJOR ? root + 9 : octave;
                boolean inKey = frame.key().contains(sixth);
                int[] line8 = {root, root, fifth, fifth, inKey ? sixth : octave, inKey ? sixth : octave, fifth, fifth};
                for (int step = 0; step < steps; step += 2) {
                    add(notes, beat + step / 4.0, 0.42, line8[step / 2 % 8], step % 4 == 0 ? 90 : 76);
                }
            }
            case FUNK ->
                pattern(
                        notes,
                        beat,
                        frame.fit(bar % 2 == 0 ? "X..x..x...x.xo.." : "X..x...xx..x..x."),
                        new int[] {root, root, octave, fifth, root, octave},
                        86);
            case SUB ->
                pattern(
                        notes,
                        beat,
                        frame.fit(bar % 2 == 0 ? "X---------x-----" : "X-----x-----x---"),
                        new int[] {root, root, root},
                        92);
            case DUB ->
                pattern(
                        notes,
                        beat,
                        frame.fit(bar % 2 == 0 ? "X---..x-x---..x-" : "X-x-....x---x-.."),
                        new int[] {root, fifth, octave, fifth},
                        92);
            case BOSSA -> pattern(notes, beat, frame.fit("X-----x-x-----x-"), new int[] {root, fifth, fifth, root}, 82);
            case GALLOP -> {
                String gallop =
                        fourFour ? (energy > 0.7 ? "X-x-x-x-X-x-x-x-" : "X-xxX-xxX-xxX-xx") : "x-".repeat(steps / 2);
                pattern(notes, beat, gallop, new int[] {root}, 92);
            }
            case ROLLING ->
                pattern(
                        notes,
                        beat,
                        fourFour ? "..xx..xx..xx..xx" : "x-".repeat(steps / 2),
                        new int[] {root, octave, root, root},
                        84);
        }
    }

    private void walking(List<Note> notes, double beat, Chord chord, int root, Chord next) {
        int beats = Math.max(1, (int) Math.floor(frame.bar()));
        LocalScale scale = new LocalScale(frame.key(), chord, false, java.util.Set.of());
        int target = root(next.root());
        int pitch = root;
        for (int i = 0; i < beats; i++) {
            if (i == beats - 1 && beats > 1) {
                // step into the next root from the side where the line is
                pitch = scale.move(target, pitch >= target ? 1 : -1);
            } else if (i > 0) {
                int up = dice.chance(pitch > 43 ? 0.15 : pitch < 33 ? 0.9 : 0.6) ? 1 : -1;
                pitch = i % 2 == 0 ? scale.chordTone(pitch + 3 * up, up) : scale.move(pitch, up);
            }
            pitch = Math.clamp(pitch, LOWEST, 55) == pitch ? pitch : root;
            add(notes, beat + i, 0.92, pitch, i % 2 == 0 ? 86 : 80);
        }
    }

    private void pattern(List<Note> notes, double beat, String pattern, int[] pitches, int velocity) {
        int index = 0;
        for (int[] onset : Frame.onsets(pattern)) {
            add(
                    notes,
                    beat + onset[0] / 4.0,
                    Math.max(0.2, onset[1] / 4.0 * 0.9),
                    pitches[index % pitches.length],
                    velocity + (onset[2] - 1) * 10);
            index++;
        }
    }

    private int approach(int root, Chord next, Chord chord) {
        LocalScale scale = new LocalScale(frame.key(), chord, false, java.util.Set.of());
        int target = root(next.root());
        return scale.move(target, target > root ? -1 : 1);
    }

    /** The root nearest to the last one, on the instrument. */
    private int root(int pitchClass) {
        int best = LOWEST + Math.floorMod(pitchClass - LOWEST, 12);
        int higher = best + 12;
        return higher <= 43 && Math.abs(higher - previous) < Math.abs(best - previous) ? higher : best;
    }

    private static void add(List<Note> notes, double beat, double length, int pitch, int velocity) {
        notes.add(new Note(beat, length, pitch, velocity));
    }
}
