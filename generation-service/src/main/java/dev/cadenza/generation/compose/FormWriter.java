package dev.cadenza.generation.compose;

import dev.cadenza.generation.music.Key;
import dev.cadenza.generation.music.Meter;
import dev.cadenza.generation.music.Mode;
import dev.cadenza.generation.music.Section;
import dev.cadenza.generation.music.Section.Kind;
import java.util.ArrayList;
import java.util.List;

/** Decides tempo, key and form, so that the song ends inside its duration with a chord that rings out. */
final class FormWriter {

    /** Seconds for the last chord: at least, and at best. */
    private static final double RING = 1.8;

    private static final double BEST_RING = 2.8;

    private static final List<Integer> MAJOR_TONICS = List.of(0, 7, 2, 5, 9, 4, 10, 3);
    private static final List<Integer> MINOR_TONICS = List.of(9, 4, 2, 11, 0, 7, 6, 5);

    /** Letters are sections (V verse, C chorus, B bridge), figures their phrases of four bars. */
    private static final List<String> FORMS = List.of(
            "C1",
            "V1C1",
            "V2C1",
            "V2C2",
            "V1C1V1C2",
            "V2C1V1C2",
            "V2C2B1C2",
            "V2C2V2C2",
            "V2C2V2B1C2",
            "V2C2V2B2C2",
            "V2C2V2C2B1C2",
            "V2C2V2C2B2C2");

    private FormWriter() {}

    static Key key(Brief brief) {
        Key wished = brief.key();
        if (wished != null) {
            return wished;
        }
        Dice dice = Dice.of(brief.seed(), "key");
        double major =
                Math.clamp(brief.style().data.majorShare() + 0.6 * brief.mood().brightness(), 0.02, 0.98);
        String wish = brief.modeWish();
        boolean isMajor = wish == null ? dice.chance(major) : wish.equals("major");
        return Key.of(dice.pick(isMajor ? MAJOR_TONICS : MINOR_TONICS), isMajor ? Mode.MAJOR : Mode.MINOR);
    }

    static int tempo(Brief brief) {
        Integer wished = brief.tempo();
        if (wished != null) {
            return wished;
        }
        StyleData style = brief.style().data;
        Dice dice = Dice.of(brief.seed(), "tempo");
        double place = 0.5 + 0.45 * brief.mood().energy() + dice.scatter(0.28);
        double middle = style.tempoLow() + (style.tempoHigh() - style.tempoLow()) * Math.clamp(place, 0, 1);
        int wanted = (int) Math.round(Math.clamp(middle * brief.tempoFactor(), 40, 240));
        // nobody named a tempo: take one near it at which whole phrases fill the duration
        int best = wanted;
        double lowest = Double.MAX_VALUE;
        for (int tempo = Math.max(40, wanted - 5); tempo <= Math.min(240, wanted + 5); tempo++) {
            int bars = bars(brief.durationSeconds(), tempo, brief.meter());
            double ring = brief.durationSeconds() - bars * brief.meter().beats() * 60 / tempo;
            double uneven = bars % 4 == 0 ? 0 : bars % 2 == 0 ? 0.5 : 1;
            double cost = uneven + 0.6 * Math.abs(ring - BEST_RING) + 0.25 * Math.abs(tempo - wanted);
            if (cost < lowest) {
                lowest = cost;
                best = tempo;
            }
        }
        return best;
    }

    static int bars(double seconds, int tempo, Meter meter) {
        double bar = meter.beats() * 60 / tempo;
        return Math.max(1, (int) Math.floor((seconds - RING) / bar));
    }

    static List<Section> sections(int bars, Brief brief) {
        boolean slow = brief.durationSeconds() / bars > 2.2;
        int intro = bars >= 56 ? 8 : bars >= 24 || bars >= 12 && !slow ? 4 : bars >= 8 ? 2 : 0;
        int outro = bars >= 24 ? 4 : bars >= 12 ? 2 : 0;
        List<Section> sections = new ArrayList<>();
        int rest = bars - intro - outro;
        if (rest < 4) {
            add(sections, Kind.VERSE, bars, brief);
            return sections;
        }
        List<int[]> middle = new ArrayList<>();
        boolean twelve = brief.style().data.major().verse().getFirst().split(" ").length == 12;
        int odd = rest % 4;
        if (intro == 0) {
            intro = odd;
        } else {
            intro += odd >= 2 && intro < 4 ? 2 : 0;
            outro += intro >= 4 && odd >= 2 && bars - intro - outro - odd % 2 - rest / 4 * 4 > 0 ? odd : odd % 2;
        }
        int phrases = rest / 4;
        if (twelve && phrases >= 3) {
            if (phrases % 3 > 0) {
                middle.add(new int[] {'V', phrases % 3});
            }
            for (int i = 0; i < phrases / 3; i++) {
                middle.add(new int[] {i % 2 == 0 && i + 1 < phrases / 3 ? 'V' : 'C', 3});
            }
        } else {
            while (phrases > FORMS.size()) {
                middle.add(new int[] {'V', 2});
                middle.add(new int[] {'C', 2});
                phrases -= 4;
            }
            String form = FORMS.get(phrases - 1);
            for (int i = 0; i < form.length(); i += 2) {
                middle.add(new int[] {form.charAt(i), form.charAt(i + 1) - '0'});
            }
        }
        add(sections, Kind.INTRO, intro, brief);
        for (int[] part : middle) {
            add(sections, part[0] == 'V' ? Kind.VERSE : part[0] == 'C' ? Kind.CHORUS : Kind.BRIDGE, part[1] * 4, brief);
        }
        add(sections, Kind.OUTRO, outro, brief);
        return raiseLast(sections);
    }

    private static void add(List<Section> sections, Kind kind, int bars, Brief brief) {
        if (bars <= 0) {
            return;
        }
        int first = sections.isEmpty() ? 0 : sections.getLast().endBar();
        boolean again = sections.stream().anyMatch(section -> section.kind() == kind);
        double energy =
                switch (kind) {
                    case INTRO -> 0.38;
                    case VERSE -> again ? 0.62 : 0.55;
                    case CHORUS -> 0.85;
                    case BRIDGE -> 0.5;
                    case OUTRO -> 0.42;
                };
        sections.add(new Section(
                kind, first, bars, Math.clamp(energy + 0.1 * brief.mood().energy(), 0.15, 1)));
    }

    private static List<Section> raiseLast(List<Section> sections) {
        for (int i = sections.size() - 1; i >= 0; i--) {
            Section section = sections.get(i);
            if (section.kind() == Kind.CHORUS) {
                sections.set(
                        i,
                        new Section(
                                section.kind(),
                                section.firstBar(),
                                section.bars(),
                                Math.min(1, section.energy() + 0.12)));
                break;
            }
        }
        return sections;
    }
}
