package dev.cadenza.generation.compose;

import dev.cadenza.generation.music.Note;
import dev.cadenza.generation.music.Section;
import dev.cadenza.generation.music.Section.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plays the kit: a groove for each style, louder in choruses, with fills where sections meet. */
final class DrumWriter {

    private static final int KICK = 36,
            STICK = 37,
            SNARE = 38,
            CLAP = 39,
            CLOSED = 42,
            FOOT = 44,
            OPEN = 46,
            CRASH = 49,
            RIDE = 51,
            TAMBOURINE = 54,
            CABASA = 69,
            CLAVES = 75,
            SHAKER = 82,
            LOW_TOM = 41,
            FLOOR_TOM = 43,
            MID_TOM = 45,
            HIGH_TOM = 48,
            CONGA = 63,
            LOW_CONGA = 64;

    private final Frame frame;
    private final Groove groove;
    private final Dice dice;

    DrumWriter(Frame frame) {
        this.frame = frame;
        Groove usual = frame.style().groove();
        this.groove = usual == Groove.NONE ? Groove.SOFT : usual;
        this.dice = Dice.of(frame.brief().seed(), "drums");
    }

    List<Note> write(Section section, boolean hasNext) {
        List<Note> notes = new ArrayList<>();
        boolean calm =
                groove == Groove.SOFT || groove == Groove.LOFI || groove == Groove.BOSSA || groove == Groove.SWING;
        for (int i = 0; i < section.bars(); i++) {
            double beat = (section.firstBar() + i) * frame.bar();
            boolean lastBar = i == section.bars() - 1;
            boolean fill = !calm
                    && (lastBar && hasNext && section.bars() >= 2
                            || i % 8 == 7 && frame.brief().complexity() > 0.4);
            bar(notes, beat, section, i, fill);
            if (i == 0
                    && !calm
                    && section.kind() != Kind.INTRO
                    && section.kind() != Kind.OUTRO
                    && section.energy() >= 0.5) {
                notes.add(new Note(beat, 2, CRASH, 88));
            }
        }
        return notes;
    }

    /** The last hit of the song. */
    List<Note> last() {
        boolean calm = groove == Groove.SOFT || groove == Groove.LOFI || groove == Groove.BOSSA;
        double beat = frame.endBeat();
        return calm
                ? List.of(new Note(beat, 1, KICK, 60))
                : List.of(new Note(beat, 1, KICK, 100), new Note(beat, frame.ringBeats() * 0.9, CRASH, 90));
    }

    private void bar(List<Note> notes, double beat, Section section, int index, boolean fill) {
        if (section.kind() == Kind.INTRO) {
            // count in with the cymbals alone, the fill brings in the rest
            Map<Integer, String> pattern = pattern(false, index);
            pattern.keySet().removeIf(piece -> piece == KICK || piece == SNARE || piece == CLAP);
            play(notes, beat, pattern, fill, 0.8);
        } else {
            boolean loud = section.energy() >= 0.7;
            Map<Integer, String> pattern = pattern(loud, index);
            if (section.kind() == Kind.BRIDGE) {
                pattern.keySet().removeIf(piece -> piece == CRASH || piece == OPEN);
            }
            play(notes, beat, pattern, fill, 0.75 + 0.3 * section.energy());
        }
        if (fill) {
            fill(notes, beat, section.energy());
        }
    }

    private void play(List<Note> notes, double beat, Map<Integer, String> pattern, boolean fill, double loudness) {
        int steps = frame.meter().steps();
        int until = fill ? steps - fillSteps() : steps;
        pattern.forEach((piece, steps16) -> {
            for (int step = 0; step < Math.min(steps16.length(), until); step++) {
                int velocity =
                        switch (steps16.charAt(step)) {
                            case 'X' -> 112;
                            case 'x' -> 92;
                            case 'o' -> 58;
                            default -> 0;
                        };
                if (velocity > 0) {
                    notes.add(new Note(beat + step / 4.0, 0.24, piece, (int) Math.clamp(velocity * loudness, 20, 124)));
                }
            }
        });
    }

    private int fillSteps() {
        return Math.min(frame.meter().steps() / 2, 8);
    }

    private void fill(List<Note> notes, double beat, double energy) {
        int steps = frame.meter().steps();
        int from = steps - fillSteps();
        boolean electronic =
                switch (groove) {
                    case HOUSE, TECHNO, TRAP, DUBSTEP, DRUM_AND_BASS -> true;
                    default -> false;
                };
        int[] pieces = electronic
                ? new int[] {SNARE, SNARE, SNARE, SNARE}
                : dice.chance(0.5)
                        ? new int[] {SNARE, HIGH_TOM, MID_TOM, FLOOR_TOM}
                        : new int[] {SNARE, SNARE, HIGH_TOM, FLOOR_TOM};
        String rhythm = dice.pick(List.of("x.xxx.x.", "xxxxxx.x", "x.x.xxxx", "x.xx.xx."));
        for (int i = 0; i < fillSteps(); i++) {
            if (rhythm.charAt(i % 8) == 'x') {
                int piece = pieces[Math.min(3, i * 4 / fillSteps())];
                notes.add(new Note(
                        beat + (from + i) / 4.0, 0.24, piece, (int) Math.clamp(68 + i * 5 + 14 * energy, 30, 120)));
            }
        }
        if (!electronic) {
            notes.add(new Note(beat + from / 4.0, 0.24, KICK, 90));
        }
    }

    private Map<Integer, String> pattern(boolean loud, int bar) {
        if (!frame.meter().isFourFour()) {
            return otherMeter(loud);
        }
        Map<Integer, String> p = new LinkedHashMap<>();
        boolean odd = bar % 2 == 1;
        switch (groove) {
            case NONE, SOFT -> {
                p.put(KICK, odd ? "o.......o......." : "x...............");
                p.put(STICK, "........o.......");
                p.put(SHAKER, "o...o...o...o...");
            }
            case ROCK -> {
                p.put(
                        KICK,
                        loud
                                ? (odd ? "X.....x.X.x....." : "X.......X.X.....")
                                : (odd ? "X.......X......." : "X.......X.x....."));
                p.put(SNARE, "....X.......X...");
                p.put(loud ? OPEN : CLOSED, loud ? "X...x...X...x..." : "x.o.x.o.x.o.x.o.");
                if (loud) {
                    p.put(RIDE, "..o...o...o...o.");
                }
            }
            case POP -> {
                p.put(KICK, odd ? "X.....x.X......." : "X......xX.x.....");
                p.put(SNARE, "....X.......X...");
                p.put(CLOSED, loud ? "x.x.x.x.x.x.x.xo" : "x.o.x.o.x.o.x.o.");
                if (loud) {
                    p.put(TAMBOURINE, "....x.......x...");
                }
            }
            case METAL -> {
                p.put(KICK, loud ? "X.x.X.x.X.x.X.x." : "X.xxX.xxX.xxX.xx");
                p.put(SNARE, "....X.......X...");
                p.put(loud ? CRASH : CLOSED, loud ? "o.......o......." : "X...X...X...X...");
                if (loud) {
                    p.put(RIDE, "X.x.X.x.X.x.X.x.");
                }
            }
            case PUNK -> {
                p.put(KICK, "X..x..x.X..x..x.");
                p.put(SNARE, "..X...X...X...X.");
                p.put(loud ? OPEN : CLOSED, "X.x.X.x.X.x.X.x.");
            }
            case FUNK -> {
                p.put(KICK, odd ? "X..x......x..x.." : "X.x....x..x.....");
                p.put(SNARE, "....X..o.o..X..o");
                p.put(CLOSED, "x.oxx.o.x.oxx.o.");
                p.put(OPEN, "..............x.");
            }
            case DISCO -> {
                p.put(KICK, "X...X...X...X...");
                p.put(SNARE, "....X.......X...");
                p.put(CLOSED, "x.oox.oox.oox.oo");
                p.put(OPEN, "..x...x...x...x.");
            }
            case HOUSE -> {
                p.put(KICK, "X...X...X...X...");
                p.put(CLAP, "....x.......x...");
                p.put(OPEN, "..x...x...x...x.");
                p.put(CLOSED, loud ? "ooxoooxoooxoooxo" : "o...o...o...o...");
                if (loud) {
                    p.put(SHAKER, "o.o.o.o.o.o.o.o.");
                }
            }
            case TECHNO -> {
                p.put(KICK, "X...X...X...X...");
                p.put(OPEN, "..x...x...x...x.");
                p.put(CLOSED, "oooooooooooooooo");
                p.put(CLAP, loud ? "....x.......x..o" : "............x...");
            }
            case SYNTHWAVE -> {
                p.put(KICK, loud ? "X...X...X...X..." : "X.......X.x.....");
                p.put(SNARE, "....X.......X...");
                p.put(CLOSED, "x.o.x.o.x.o.x.oo");
                if (loud) {
                    p.put(OPEN, "..............x.");
                }
            }
            case DRUM_AND_BASS -> {
                p.put(KICK, odd ? "X.........X....." : "X.........x..x..");
                p.put(SNARE, odd ? "....X..o.o..X..o" : "....X..o....X...");
                p.put(CLOSED, "x.x.x.x.x.x.x.x.");
                if (loud) {
                    p.put(RIDE, "o...o...o...o...");
                }
            }
            case DUBSTEP -> {
                p.put(KICK, odd ? "X.........x....." : "X.....x.........");
                p.put(SNARE, "........X.......");
                p.put(CLOSED, loud ? "x.x.x.x.x.x.xxx." : "x...x...x...x...");
            }
            case BOOM_BAP -> {
                p.put(KICK, odd ? "X..x....X.x....." : "X......x.xX.....");
                p.put(SNARE, "....X.......X..o");
                p.put(CLOSED, "x.x.x.xox.x.x.x.");
            }
            case TRAP -> {
                p.put(KICK, odd ? "X.....x...x....." : "X..x......x...x.");
                p.put(CLAP, "........X.......");
                p.put(SNARE, "........x.......");
                p.put(CLOSED, odd ? "x.x.x.x.x.xxx.xx" : "x.x.xxx.x.x.x.x.");
                if (loud) {
                    p.put(OPEN, "..........x.....");
                }
            }
            case LOFI -> {
                p.put(KICK, odd ? "x......x..x....." : "x.........x.....");
                p.put(SNARE, "....x.......x...");
                p.put(CLOSED, "x.o.x.o.x.o.x.o.");
            }
            case SOUL -> {
                p.put(KICK, odd ? "X......x..x....." : "X.x.......x.....");
                p.put(loud ? SNARE : STICK, "....X.......X..o");
                p.put(CLOSED, "x.x.x.x.x.x.x.x.");
            }
            case SWING -> {
                p.put(RIDE, "X...x.o.X...x.o.");
                p.put(FOOT, "....x.......x...");
                p.put(KICK, odd ? "o.......o....o.." : "o.......o.......");
                if (loud) {
                    p.put(SNARE, odd ? "......o......o.." : ".............o..");
                }
            }
            case SHUFFLE -> {
                p.put(KICK, "X.....o.X.....o.");
                p.put(SNARE, "....X.......X...");
                p.put(loud ? RIDE : CLOSED, "x.o.x.o.x.o.x.o.");
            }
            case COUNTRY -> {
                p.put(KICK, "X.......X.......");
                p.put(SNARE, "o.o.X.o.o.o.X.o.");
                p.put(CLOSED, "..x...x...x...x.");
            }
            case FOLK -> {
                p.put(KICK, "x.......x.......");
                p.put(STICK, "....o.......o...");
                p.put(loud ? TAMBOURINE : SHAKER, "o.o.x.o.o.o.x.o.");
            }
            case ONE_DROP -> {
                p.put(KICK, "........X.......");
                p.put(STICK, "........X.....o.");
                p.put(CLOSED, "x.x.x.x.x.x.x.x.");
            }
            case BOSSA -> {
                p.put(KICK, "x.....oxx.....ox");
                p.put(STICK, odd ? "..x...x...x....." : "x..x..x...x..x..");
                p.put(SHAKER, "oooooooooooooooo");
            }
            case LATIN -> {
                p.put(KICK, "x..x...xx..x...x");
                p.put(CLAVES, odd ? "....x.x........." : "x..x..x.........");
                p.put(CABASA, "x.o.x.o.x.o.x.o.");
                p.put(CONGA, "....x.....xx....");
                p.put(LOW_CONGA, "..............xx");
                if (loud) {
                    p.put(SNARE, "....o.......x...");
                }
            }
            case CINEMATIC -> {
                p.put(LOW_TOM, loud ? "X..x..x.X..x.x.x" : "X.......x.......");
                p.put(KICK, loud ? "X.......X......." : "X...............");
                if (loud) {
                    p.put(FLOOR_TOM, "....x.......x...");
                    p.put(SNARE, "............oxxx");
                }
            }
        }
        return p;
    }

    private Map<Integer, String> otherMeter(boolean loud) {
        StringBuilder kick = new StringBuilder();
        StringBuilder snare = new StringBuilder();
        StringBuilder hat = new StringBuilder();
        boolean soft = groove == Groove.SOFT || groove == Groove.FOLK || groove == Groove.NONE;
        int index = 0;
        for (int group : frame.meter().groups()) {
            boolean back = index % 2 == 1 || frame.meter().groups().size() == 3 && index == 2;
            for (int i = 0; i < group; i++) {
                kick.append(i == 0 && index % 2 == 0 && !back ? 'X' : group > 6 && i == 6 && loud ? 'o' : '.');
                snare.append(
                        i == 0 && back
                                ? (soft ? 'o' : index == 1 ? 'X' : 'x')
                                : group > 6 && i == 4 && !back ? 'x' : '.');
                hat.append(i % 2 == 0 ? (i % 4 == 0 ? 'x' : 'o') : '.');
            }
            index++;
        }
        Map<Integer, String> p = new LinkedHashMap<>();
        p.put(KICK, kick.toString());
        p.put(soft ? STICK : SNARE, snare.toString());
        p.put(soft ? SHAKER : loud ? RIDE : CLOSED, hat.toString());
        return p;
    }
}
