package dev.cadenza.generation.compose;

import dev.cadenza.generation.compose.Brief.Use;
import dev.cadenza.generation.compose.Brief.Wish;
import dev.cadenza.generation.music.ChordSpan;
import dev.cadenza.generation.music.Key;
import dev.cadenza.generation.music.Note;
import dev.cadenza.generation.music.Part;
import dev.cadenza.generation.music.Role;
import dev.cadenza.generation.music.Score;
import dev.cadenza.generation.music.Section;
import dev.cadenza.generation.music.Section.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Composes a song. The same brief always gives the same score. */
public final class Composer {

    private final Frame frame;
    private final Brief brief;
    private final Map<Role, Integer> programs;

    private Composer(Brief brief) {
        this.brief = brief;
        Key key = FormWriter.key(brief);
        int tempo = FormWriter.tempo(brief);
        int bars = FormWriter.bars(brief.durationSeconds(), tempo, brief.meter());
        List<Section> sections = FormWriter.sections(bars, brief);
        double bar = brief.meter().beats();
        double ring = brief.durationSeconds() * tempo / 60.0 - bars * bar;
        List<ChordSpan> chords = HarmonyWriter.write(brief, key, sections, bars, bar, ring);
        this.frame = new Frame(brief, key, tempo, brief.meter(), bars, sections, chords);
        this.programs = programs();
    }

    /** The song of this brief. */
    public static Score compose(Brief brief) {
        return new Composer(brief).score();
    }

    private Score score() {
        List<Part> parts = new ArrayList<>();
        boolean alone = programs.size() == 1;
        MelodyWriter melody = null;
        List<Note> tune = new ArrayList<>();
        Integer lead = programs.get(Role.MELODY);
        if (lead != null) {
            melody = new MelodyWriter(frame, centre(lead));
            for (Section section : frame.sections()) {
                tune.addAll(tuneOf(melody, section, alone));
            }
            if (!tune.isEmpty()) {
                tune.add(melody.last(tune.getLast().pitch()));
                parts.add(part(Role.MELODY, lead, tune));
            }
        }
        Integer second = programs.get(Role.HARMONY);
        if (second != null && melody != null) {
            List<Note> notes = new ArrayList<>();
            for (Section section : frame.sections()) {
                if (section.kind() == Kind.CHORUS && section.energy() >= 0.78) {
                    notes.addAll(melody.below(within(tune, section)));
                }
            }
            add(parts, Role.HARMONY, second, notes);
        }
        chordPart(parts, Role.CHORDS, frame.style().comping());
        chordPart(parts, Role.CHORDS_TWO, second(frame.style().comping()));
        chordPart(parts, Role.PAD, Comping.HELD);
        arpeggioPart(parts);
        Integer bass = programs.get(Role.BASS);
        if (bass != null) {
            BassWriter writer = new BassWriter(frame);
            List<Note> notes = new ArrayList<>();
            for (Section section : frame.sections()) {
                if (plays(Role.BASS, section)) {
                    notes.addAll(writer.write(section));
                }
            }
            if (!notes.isEmpty()) {
                notes.add(writer.last());
            }
            add(parts, Role.BASS, bass, notes);
        }
        Integer kit = programs.get(Role.DRUMS);
        if (kit != null) {
            DrumWriter writer = new DrumWriter(frame);
            List<Note> notes = new ArrayList<>();
            for (int i = 0; i < frame.sections().size(); i++) {
                if (plays(Role.DRUMS, frame.sections().get(i))) {
                    notes.addAll(writer.write(
                            frame.sections().get(i), i + 1 < frame.sections().size()));
                }
            }
            if (!notes.isEmpty() && plays(Role.DRUMS, frame.sections().getLast())) {
                notes.addAll(writer.last());
            }
            add(parts, Role.DRUMS, kit, notes);
        }
        Set<Integer> chromatic = new HashSet<>();
        frame.style().chromatic().forEach(interval -> chromatic.add((frame.key().tonic() + interval) % 12));
        return new Score(
                brief.title(),
                brief.style().name(),
                frame.key(),
                frame.tempo(),
                frame.meter(),
                brief.durationSeconds(),
                swing(),
                frame.sections(),
                frame.chords(),
                parts,
                chromatic);
    }

    // ---- who plays ----

    private Map<Role, Integer> programs() {
        Ensemble usual = frame.style().ensemble();
        Map<Role, Integer> chosen = new EnumMap<>(Role.class);
        put(chosen, Role.MELODY, usual.melody());
        put(chosen, Role.CHORDS, usual.chords());
        put(chosen, Role.CHORDS_TWO, usual.chordsTwo());
        put(chosen, Role.PAD, usual.pad());
        put(chosen, Role.ARPEGGIO, usual.arpeggio());
        put(chosen, Role.BASS, usual.bass());
        put(chosen, Role.DRUMS, usual.kit());
        if (brief.solo()) {
            chosen.clear();
        }
        List<Wish> leads = of(Use.LEAD);
        List<Wish> chordal = of(Use.CHORDAL);
        if (!leads.isEmpty()) {
            chosen.put(Role.MELODY, leads.getFirst().program());
            if (leads.size() > 1) {
                chosen.put(Role.HARMONY, leads.get(1).program());
            }
        } else if (!chordal.isEmpty() && (brief.solo() || melodyByChordal())) {
            chosen.put(Role.MELODY, chordal.getFirst().program());
        }
        if (!chordal.isEmpty()) {
            int program = chordal.getFirst().program();
            chosen.put(Role.CHORDS, program);
            if (chordal.size() > 1) {
                chosen.put(Role.CHORDS_TWO, chordal.get(1).program());
            } else if (chosen.containsKey(Role.CHORDS_TWO) && usual.chordsTwo() == usual.chords()) {
                chosen.put(Role.CHORDS_TWO, program); // a guitar that is played twice stays the same guitar
            }
        }
        of(Use.PAD).stream().findFirst().ifPresent(wish -> chosen.put(Role.PAD, wish.program()));
        of(Use.ARPEGGIO).stream().findFirst().ifPresent(wish -> chosen.put(Role.ARPEGGIO, wish.program()));
        of(Use.BASS).stream().findFirst().ifPresent(wish -> chosen.put(Role.BASS, bassProgram(wish, usual)));
        of(Use.DRUMS).stream().findFirst().ifPresent(wish -> chosen.put(Role.DRUMS, kit(wish, usual)));
        if (brief.with().contains(Role.DRUMS)) {
            chosen.putIfAbsent(Role.DRUMS, kit(null, usual));
        }
        if (brief.with().contains(Role.BASS)) {
            chosen.putIfAbsent(Role.BASS, usual.bass() >= 0 ? usual.bass() : Styles.FINGER_BASS);
        }
        chosen.keySet().removeAll(brief.without());
        chosen.replaceAll((role, program) -> role == Role.DRUMS ? program : allowed(role, program));
        if (wantsSecondVoice()
                && !brief.solo()
                && chosen.containsKey(Role.MELODY)
                && frame.style().groove() != Groove.SWING) {
            chosen.putIfAbsent(Role.HARMONY, chosen.get(Role.MELODY));
        }
        if (chosen.isEmpty()) {
            chosen.put(Role.CHORDS, Styles.PIANO);
            chosen.put(Role.MELODY, Styles.PIANO);
        }
        return chosen;
    }

    private boolean wantsSecondVoice() {
        return brief.style().hasDrums() && brief.complexity() >= 0.5;
    }

    private boolean melodyByChordal() {
        return switch (frame.style().groove()) {
            case SOFT, SWING, LOFI, BOSSA, NONE -> true;
            default -> false;
        };
    }

    private int bassProgram(Wish wish, Ensemble usual) {
        boolean plain = wish.program() == Styles.FINGER_BASS && usual.bass() >= 0;
        return plain ? usual.bass() : wish.program();
    }

    private static int kit(@Nullable Wish wish, Ensemble usual) {
        if (wish != null && wish.program() != Styles.STANDARD) {
            return wish.program();
        }
        return usual.kit() >= 0 ? usual.kit() : Styles.STANDARD;
    }

    private int allowed(Role role, int program) {
        if (!brief.avoid().contains(program)) {
            return program;
        }
        int[] others =
                switch (role) {
                    case MELODY, HARMONY -> new int[] {Styles.FLUTE, Styles.PIANO, Styles.VIBES, Styles.SAW};
                    case BASS -> new int[] {Styles.UPRIGHT, Styles.FINGER_BASS, Styles.SYNTH_BASS};
                    case PAD -> new int[] {Styles.STRINGS, Styles.WARM_PAD, Styles.CHOIR};
                    default -> new int[] {Styles.PIANO, Styles.RHODES, Styles.ORGAN, Styles.STEEL};
                };
        for (int other : others) {
            if (!brief.avoid().contains(other)) {
                return other;
            }
        }
        return program;
    }

    private List<Wish> of(Use use) {
        return brief.instruments().stream()
                .filter(wish -> wish.use() == use && !brief.avoid().contains(wish.program()))
                .toList();
    }

    private static void put(Map<Role, Integer> chosen, Role role, int program) {
        if (program >= 0) {
            chosen.put(role, program);
        }
    }

    // ---- when they play ----

    private boolean plays(Role role, Section section) {
        Kind kind = section.kind();
        boolean calm = !brief.style().hasDrums();
        if (frame.sections().size() == 1 || programs.size() == 1) {
            return true;
        }
        boolean onlyRhythm = !programs.containsKey(Role.CHORDS)
                && !programs.containsKey(Role.PAD)
                && !programs.containsKey(Role.ARPEGGIO);
        return switch (role) {
            case MELODY -> true;
            case HARMONY -> kind == Kind.CHORUS;
            case CHORDS -> true;
            case CHORDS_TWO -> section.energy() >= 0.5 || kind == Kind.OUTRO || playedTwice();
            case PAD -> calm || !programs.containsKey(Role.CHORDS) || kind != Kind.VERSE || section.energy() > 0.6;
            case ARPEGGIO -> calm || kind == Kind.INTRO || section.energy() >= 0.6;
            case BASS -> kind != Kind.INTRO || calm || onlyRhythm;
            case DRUMS -> !(kind == Kind.INTRO && calm);
        };
    }

    /** The same guitar on both sides is one sound. */
    private boolean playedTwice() {
        return Objects.equals(programs.get(Role.CHORDS), programs.get(Role.CHORDS_TWO));
    }

    private List<Note> tuneOf(MelodyWriter melody, Section section, boolean alone) {
        List<Note> notes = melody.write(section);
        double from = section.firstBar() * frame.bar();
        boolean calm = !brief.style().hasDrums();
        if (alone || frame.sections().size() == 1) {
            return notes;
        }
        return switch (section.kind()) {
            // the tune waits; where nothing drives, it may begin in the second half
            case INTRO ->
                calm
                        ? notes.stream()
                                .filter(n -> n.beat() >= from + section.bars() / 2 * frame.bar())
                                .toList()
                        : List.of();
            case OUTRO ->
                notes.stream()
                        .filter(n -> n.beat() < from + Math.max(1, section.bars() / 2) * frame.bar())
                        .toList();
            default -> notes;
        };
    }

    private void chordPart(List<Part> parts, Role role, Comping comping) {
        Integer program = programs.get(role);
        if (program == null) {
            return;
        }
        boolean leftHand = role == Role.CHORDS && !programs.containsKey(Role.BASS) && !isPluckedOrSung(program);
        Comping fitted = fitted(program, comping);
        int[] range = range(role, program);
        ChordWriter writer = new ChordWriter(frame, fitted, range[0], range[1], leftHand, role.name());
        List<Note> notes = new ArrayList<>();
        for (Section section : frame.sections()) {
            if (plays(role, section)) {
                notes.addAll(writer.write(section));
            }
        }
        if (!notes.isEmpty()) {
            notes.addAll(writer.last());
        }
        add(parts, role, program, notes);
    }

    private void arpeggioPart(List<Part> parts) {
        Integer program = programs.get(Role.ARPEGGIO);
        if (program == null) {
            return;
        }
        ChordWriter writer = new ChordWriter(frame, Comping.HELD, 60, 79, false, "ARPEGGIO");
        boolean calm = !brief.style().hasDrums();
        List<Note> notes = new ArrayList<>();
        for (Section section : frame.sections()) {
            if (plays(Role.ARPEGGIO, section)) {
                notes.addAll(writer.arpeggio(section, calm || frame.tempo() > 150 ? 2 : 1));
            }
        }
        add(parts, Role.ARPEGGIO, program, notes);
    }

    /** What the instrument can do of what the style asks for. */
    private static Comping fitted(int program, Comping comping) {
        boolean guitar = program >= Styles.NYLON && program <= Styles.MUTED || program == Styles.BANJO;
        boolean distorted = program == Styles.OVERDRIVE || program == Styles.DISTORTION;
        if (distorted) {
            return comping == Comping.CHUGS ? Comping.CHUGS : Comping.POWER;
        }
        return switch (comping) {
            case POWER, CHUGS -> guitar ? Comping.STRUM : Comping.BLOCKS;
            case STRUM, FINGERPICK -> guitar ? comping : program == Styles.PIANO ? Comping.BROKEN : Comping.BLOCKS;
            case BLOCKS -> guitar ? Comping.STRUM : comping;
            default -> comping;
        };
    }

    private static Comping second(Comping comping) {
        return switch (comping) {
            case BLOCKS, LAZY -> Comping.SCRATCH;
            case SCRATCH -> Comping.LAZY;
            case STRUM -> Comping.FINGERPICK;
            case OFFBEATS -> Comping.HELD;
            case MONTUNO -> Comping.FINGERPICK;
            case FINGERPICK -> Comping.STRUM;
            default -> comping;
        };
    }

    private static boolean isPluckedOrSung(int program) {
        return program >= Styles.NYLON && program <= Styles.DISTORTION
                || program == Styles.CHOIR
                || program == Styles.BANJO;
    }

    // ---- how it sounds ----

    private static int[] range(Role role, int program) {
        if (role == Role.PAD) {
            return new int[] {53, 74};
        }
        if (program >= Styles.NYLON && program <= Styles.DISTORTION) {
            return new int[] {48, 66};
        }
        if (program == Styles.STRINGS || program == Styles.PIZZICATO) {
            return new int[] {55, 74};
        }
        return new int[] {52, 71};
    }

    private static int centre(int program) {
        return switch (program) {
            case 9, 10, 14 -> 81;
            case 11, 12, 108, 114 -> 74;
            case 22, 65, 104 -> 68;
            case 24, 25, 26, 27, 28, 29, 30 -> 66;
            case 60, 61, 62 -> 63;
            case 56, 71 -> 68;
            case 73, 40, 79, 0 -> 74;
            default -> 71;
        };
    }

    private double swing() {
        return frame.meter().isFourFour() || frame.meter().upper() == 3
                ? frame.style().swing()
                : 0.5;
    }

    private void add(List<Part> parts, Role role, int program, List<Note> notes) {
        if (!notes.isEmpty()) {
            parts.add(part(role, program, notes));
        }
    }

    private Part part(Role role, int program, List<Note> notes) {
        Dice dice = Dice.of(brief.seed(), "feel " + role);
        double loose = frame.style().looseness();
        // milliseconds that a good player of this style is off the grid
        double spread = loose * (role == Role.DRUMS ? 7 : role == Role.BASS ? 8 : 11) / 1000 * frame.tempo() / 60;
        double end = frame.endBeat() + frame.ringBeats();
        List<Note> felt = new ArrayList<>();
        Map<Double, Double> together = new HashMap<>();
        for (Note note : notes) {
            double shift = together.computeIfAbsent(note.beat(), at -> dice.scatter(spread));
            double start = Math.max(0, swung(note.beat()) + shift);
            double stop = Math.min(swung(note.end()) + shift, end - 0.02);
            double energy = note.beat() >= frame.endBeat()
                    ? 0.5
                    : frame.sectionOf((int) (note.beat() / frame.bar())).energy();
            double loudness = role == Role.DRUMS ? 1 : 0.72 + 0.36 * energy;
            int velocity = Math.clamp(Math.round(note.velocity() * loudness + dice.scatter(2 + 4 * loose)), 12, 125);
            felt.add(new Note(start, Math.max(0.06, stop - start), note.pitch(), velocity));
        }
        felt.sort(Comparator.comparingDouble(Note::beat).thenComparingInt(Note::pitch));
        return new Part(role, name(role, program), program, pan(role), room(role), felt);
    }

    /** Off-beats later, as the style swings. */
    private double swung(double beat) {
        double swing = swing();
        if (swing <= 0.5) {
            return beat;
        }
        double unit = frame.style().sixteenthSwing() ? 0.5 : 1;
        double whole = Math.floor(beat / unit) * unit;
        double within = (beat - whole) / unit;
        double bent = within < 0.5 ? within * swing / 0.5 : swing + (within - 0.5) * (1 - swing) / 0.5;
        return whole + bent * unit;
    }

    private double pan(Role role) {
        boolean twice = programs.containsKey(Role.CHORDS_TWO);
        return switch (role) {
            case CHORDS -> twice ? -0.65 : -0.15;
            case CHORDS_TWO -> 0.65;
            case ARPEGGIO -> 0.4;
            case HARMONY -> 0.25;
            case MELODY -> programs.size() == 1 ? 0 : 0.08;
            default -> 0;
        };
    }

    private double room(Role role) {
        double room = Math.clamp(frame.style().room() + brief.mood().room() * 0.5, 0, 1);
        return switch (role) {
            case BASS -> room * 0.12;
            case DRUMS -> room * 0.4;
            case PAD -> Math.min(1, room * 1.2);
            case CHORDS, CHORDS_TWO -> room * 0.8;
            default -> room;
        };
    }

    private static String name(Role role, int program) {
        return role == Role.DRUMS
                ? "Drums"
                : switch (role) {
                    case MELODY -> Programs.name(program) + " melody";
                    case HARMONY -> Programs.name(program) + " second voice";
                    case CHORDS -> Programs.name(program) + " chords";
                    case CHORDS_TWO -> Programs.name(program) + " chords 2";
                    case PAD -> Programs.name(program);
                    case ARPEGGIO -> Programs.name(program) + " arpeggio";
                    default -> "Bass";
                };
    }

    private List<Note> within(List<Note> notes, Section section) {
        double from = section.firstBar() * frame.bar();
        double to = section.endBar() * frame.bar();
        return notes.stream().filter(n -> n.beat() >= from && n.beat() < to).toList();
    }
}
