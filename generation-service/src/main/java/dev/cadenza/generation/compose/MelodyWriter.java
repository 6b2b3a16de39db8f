package dev.cadenza.generation.compose;

import dev.cadenza.generation.music.Chord;
import dev.cadenza.generation.music.Note;
import dev.cadenza.generation.music.Section;
import dev.cadenza.generation.music.Section.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the tune. A theme is eight bars of ideas: two motifs that come back, answered by cadences; each time an idea
 * is played it bends to the chords that sound, with chord tones on strong beats.
 */
final class MelodyWriter {

    private static final List<String> SPARSE = List.of(
            "x---------------",
            "....x-----------",
            "x-------x-------",
            "x-----------x---",
            "........x-------",
            "x-----x---------");
    private static final List<String> CALM = List.of(
            "x-------x---x---",
            "x---x---x-------",
            "x-----x-x-------",
            "x-------x-x-x---",
            "....x---x---x---",
            "x-----x-x---x---");
    private static final List<String> EVEN = List.of(
            "x---x---x---x---",
            "x-x-x---x---x---",
            "x---x-x-x---x-x-",
            "x-----x-x-x-x---",
            "..x-x-x-x---x---",
            "x---x-x-x-x-x---",
            "x-x-x---x-x-x---");
    private static final List<String> SYNCOPATED = List.of(
            "x--x--x-x---x---",
            "x-----x-----x---",
            "x--x--x---x-x---",
            "..x--x--x-x-x---",
            "x-x--x-x--x-x---",
            "x---x--x--x-x---");
    private static final List<String> BUSY = List.of(
            "x-x-x-x-x-x-x---",
            "x-xxx-x-x-x-x-x-",
            "x---x-xxx-x-x---",
            "x-x-xxx-x-x-xxx-",
            "x-x-x-x-x---x-x-",
            "xxx-x-x-x-x-x---");
    private static final List<String> CADENCES = List.of(
            "x-------........",
            "x---x---........",
            "x-x-x-------....",
            "x-----------....",
            "x---x-------....",
            "x-x-x---........");

    /** Rhythm, and for each note after the first how many scale steps it lies from the one before. */
    private record Idea(String rhythm, int[] steps, int lift) {}

    private record Theme(List<Idea> bars) {}

    private final Frame frame;
    private final int centre;
    private final double density;
    private final Dice dice;
    private final Map<Kind, Theme> themes = new EnumMap<>(Kind.class);

    MelodyWriter(Frame frame, int centre) {
        this.frame = frame;
        this.centre = centre;
        Brief brief = frame.brief();
        this.density = Math.clamp(
                frame.style().melodyDensity() + 0.18 * brief.mood().energy() + 0.3 * (brief.complexity() - 0.5),
                0.02,
                0.95);
        this.dice = Dice.of(brief.seed(), "melody");
        // in this order, whatever the form: the dice must fall alike
        themes.put(Kind.VERSE, theme(density, false));
        themes.put(Kind.CHORUS, theme(density * 0.9, true));
        themes.put(Kind.BRIDGE, theme(Math.min(0.95, density * 1.15), false));
        themes.put(Kind.INTRO, themes.get(Kind.VERSE));
        themes.put(Kind.OUTRO, themes.get(Kind.CHORUS));
    }

    private Theme theme(double itsDensity, boolean hook) {
        Idea a = idea(itsDensity, 0);
        Idea b = idea(itsDensity, hook ? 3 : 2);
        Idea halfClose = cadence(itsDensity, 0);
        Idea close = cadence(itsDensity, -1);
        Idea aHigher = new Idea(a.rhythm(), a.steps(), hook ? 2 : 1);
        Idea aVaried = frame.brief().creativity() > 0.3 ? varied(a) : a;
        return new Theme(
                hook
                        ? List.of(a, b, aHigher, halfClose, a, b, aVaried, close)
                        : List.of(a, aHigher, b, halfClose, a, aVaried, b, close));
    }

    private Idea idea(double itsDensity, int lift) {
        String rhythm = rhythm(itsDensity);
        int notes = Frame.onsets(rhythm).size();
        int[] steps = new int[Math.max(0, notes - 1)];
        int sum = 0;
        int lastLeap = 0;
        for (int i = 0; i < steps.length; i++) {
            int step;
            if (lastLeap != 0) {
                step = -Integer.signum(lastLeap);
            } else if (dice.chance(0.1 + 0.15 * frame.brief().creativity())) {
                step = (dice.chance(0.5) ? 1 : -1) * (2 + dice.below(2));
            } else if (dice.chance(0.16)) {
                step = 0;
            } else {
                // rise in the first half, fall in the second, never far from where the bar began
                boolean up = i < steps.length / 2.0 ? dice.chance(0.66) : dice.chance(0.34);
                step = sum > 3 ? -1 : sum < -3 ? 1 : up ? 1 : -1;
            }
            lastLeap = Math.abs(step) > 2 ? step : 0;
            sum += step;
            steps[i] = step;
        }
        return new Idea(rhythm, steps, lift);
    }

    private Idea varied(Idea idea) {
        int[] steps = idea.steps().clone();
        if (steps.length > 0) {
            int at = dice.below(steps.length);
            steps[at] = -steps[at] + (steps[at] == 0 ? 1 : 0);
        }
        return new Idea(idea.rhythm(), steps, idea.lift() + 1);
    }

    private Idea cadence(double itsDensity, int lift) {
        String rhythm = frame.meter().isFourFour()
                ? (itsDensity < 0.22 ? "x-----------...." : dice.pick(CADENCES))
                : "x" + "-".repeat(frame.meter().steps() / 2)
                        + ".".repeat(frame.meter().steps() - 1 - frame.meter().steps() / 2);
        int[] steps = new int[Math.max(0, Frame.onsets(rhythm).size() - 1)];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = dice.chance(0.75) ? -1 : 1;
        }
        return new Idea(rhythm, steps, lift);
    }

    private String rhythm(double itsDensity) {
        if (!frame.meter().isFourFour()) {
            return otherRhythm(itsDensity);
        }
        double place = itsDensity + dice.scatter(0.08);
        boolean syncopates =
                switch (frame.style().groove()) {
                    case POP,
                            FUNK,
                            DISCO,
                            HOUSE,
                            TRAP,
                            BOOM_BAP,
                            LOFI,
                            SOUL,
                            ONE_DROP,
                            BOSSA,
                            LATIN,
                            DRUM_AND_BASS,
                            DUBSTEP,
                            SYNTHWAVE -> true;
                    default -> false;
                };
        if (place < 0.22) {
            return dice.pick(SPARSE);
        }
        if (place < 0.4) {
            return dice.pick(CALM);
        }
        if (place < 0.68) {
            return dice.pick(syncopates && dice.chance(0.65) ? SYNCOPATED : EVEN);
        }
        return dice.pick(BUSY);
    }

    private String otherRhythm(double itsDensity) {
        StringBuilder rhythm = new StringBuilder();
        for (int group : frame.meter().groups()) {
            int left = group;
            boolean first = true;
            while (left > 0) {
                int piece = left % 6 == 0 ? 6 : Math.min(4, left);
                boolean sounds = first || dice.chance(0.4 + 0.5 * itsDensity);
                boolean splits = dice.chance(itsDensity * 0.8);
                if (!sounds) {
                    rhythm.append("-".repeat(piece));
                } else if (splits && piece == 6) {
                    rhythm.append(dice.chance(0.5) ? "x---x-" : "x-x-x-");
                } else if (splits) {
                    rhythm.append(piece == 4 ? "x-x-" : "x-".repeat(piece / 2));
                } else {
                    rhythm.append('x').append("-".repeat(piece - 1));
                }
                left -= piece;
                first = false;
            }
        }
        return rhythm.toString();
    }

    /** The tune of a section; the last bar closes, whatever the length. */
    List<Note> write(Section section) {
        List<Note> notes = new ArrayList<>();
        Theme theme = themes.get(section.kind());
        if (theme == null) {
            return notes;
        }
        int register = section.kind() == Kind.CHORUS ? 3 : section.kind() == Kind.OUTRO ? -1 : 0;
        int previous = centre + register;
        for (int i = 0; i < section.bars(); i++) {
            boolean lastBar = i == section.bars() - 1;
            Idea idea = theme.bars().get(lastBar && section.bars() > 1 ? 7 : i % 8);
            previous = play(notes, section.firstBar() + i, idea, previous, centre + register, lastBar);
        }
        return notes;
    }

    private int play(List<Note> notes, int bar, Idea idea, int previous, int middle, boolean closing) {
        double barBeat = bar * frame.bar();
        List<int[]> onsets = Frame.onsets(idea.rhythm());
        int pitch = previous;
        for (int i = 0; i < onsets.size(); i++) {
            int[] onset = onsets.get(i);
            double beat = barBeat + onset[0] / 4.0;
            Chord chord = frame.chordAt(beat);
            LocalScale scale = new LocalScale(
                    frame.key(),
                    chord,
                    frame.style().pentatonic(),
                    frame.style().chromatic());
            int step = i == 0 ? idea.lift() : idea.steps()[i - 1];
            // an idea begins near its own height, between the last note and the middle of the voice
            int from = i == 0 ? (int) Math.round(previous * 0.4 + middle * 0.6) : pitch;
            int next = scale.move(from, step);
            boolean strong =
                    frame.meter().isStrong(onset[0]) || onset[1] >= 6 || i == onsets.size() - 1 && onset[1] >= 4;
            if (strong) {
                next = scale.chordTone(next, step);
            }
            if (closing && i == onsets.size() - 1) {
                int tonic = frame.key().tonic();
                next = chord.contains(tonic) ? nearest(next, tonic) : scale.chordTone(next, -1);
            }
            while (next > middle + 11) {
                next -= 12;
            }
            while (next < middle - 9) {
                next += 12;
            }
            pitch = next;
            int velocity = 84
                    + (frame.meter().isStrong(onset[0]) ? 9 : 0)
                    + (onset[1] >= 6 ? 4 : 0)
                    - (onset[0] % 4 == 0 ? 0 : 5);
            notes.add(new Note(beat, onset[1] / 4.0 * 0.96, pitch, velocity));
        }
        return pitch;
    }

    /** The last note of the song: the tonic, near where the tune ended. */
    Note last(int previous) {
        return new Note(
                frame.endBeat(),
                frame.ringBeats() * 0.8,
                nearest(previous, frame.key().tonic()),
                72);
    }

    /** A second voice, a third or more below, on chord tones. */
    List<Note> below(List<Note> tune) {
        List<Note> second = new ArrayList<>();
        for (Note note : tune) {
            Chord chord = frame.chordAt(note.beat());
            LocalScale scale =
                    new LocalScale(frame.key(), chord, false, frame.style().chromatic());
            boolean onBeat = Math.abs(note.beat() - Math.rint(note.beat())) < 0.01;
            int pitch = scale.move(note.pitch(), -2);
            if (onBeat && !chord.contains(pitch)) {
                pitch = scale.chordTone(note.pitch() - 3, -1);
            }
            second.add(new Note(note.beat(), note.length(), pitch, Math.max(1, note.velocity() - 14)));
        }
        return second;
    }

    private static int nearest(int pitch, int pitchClass) {
        int up = Math.floorMod(pitchClass - pitch, 12);
        return up <= 6 ? pitch + up : pitch + up - 12;
    }
}
