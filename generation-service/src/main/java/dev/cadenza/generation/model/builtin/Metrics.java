package dev.cadenza.generation.model.builtin;

import dev.cadenza.generation.model.MusicModel.ComposedSong.Quality;
import dev.cadenza.generation.music.Chord;
import dev.cadenza.generation.music.Note;
import dev.cadenza.generation.music.Part;
import dev.cadenza.generation.music.Role;
import dev.cadenza.generation.music.Score;
import dev.cadenza.generation.render.SongRenderer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Measures a song; the README of the musicgen dialect says what the numbers mean. */
final class Metrics {

    private Metrics() {}

    static Quality of(Score score, double lufs, double truePeak, double limitedDb) {
        return new Quality(round(melody(score)), round(harmony(score)), round(audio(lufs, truePeak, limitedDb)));
    }

    /** Half: intervals up to a major third. Half: bars whose rhythm is heard again. */
    private static double melody(Score score) {
        List<Note> tune = score.parts().stream()
                .filter(part -> part.role() == Role.MELODY)
                .findFirst()
                .map(Part::notes)
                .orElse(List.of());
        if (tune.size() < 2) {
            return 0;
        }
        int small = 0;
        for (int i = 1; i < tune.size(); i++) {
            small += Math.abs(tune.get(i).pitch() - tune.get(i - 1).pitch()) <= 4 ? 1 : 0;
        }
        Map<Integer, StringBuilder> bars = new TreeMap<>();
        double bar = score.meter().beats();
        for (Note note : tune) {
            int number = (int) (note.beat() / bar + 0.02);
            long step = Math.round((note.beat() - number * bar) * 4);
            bars.computeIfAbsent(number, n -> new StringBuilder()).append(step).append(' ');
        }
        Map<String, Integer> rhythms = new HashMap<>();
        bars.values().forEach(rhythm -> rhythms.merge(rhythm.toString(), 1, Integer::sum));
        double again = bars.values().stream()
                        .filter(rhythm -> rhythms.getOrDefault(rhythm.toString(), 0) > 1)
                        .count()
                / (double) bars.size();
        return 0.5 * small / (tune.size() - 1) + 0.5 * again;
    }

    /** Sounding time of pitched notes: a chord tone counts whole, another tone of the key three quarters, others not. */
    private static double harmony(Score score) {
        double good = 0;
        double all = 0;
        for (Part part : score.parts()) {
            for (Note note : part.isKit() ? List.<Note>of() : part.notes()) {
                double length = Math.min(note.length(), score.meter().beats());
                Chord chord = score.chordAt(note.beat() + 0.05);
                all += length;
                good += length * (chord.contains(note.pitch()) ? 1 : score.key().contains(note.pitch()) ? 0.75 : 0);
            }
        }
        return all == 0 ? 0 : good / all;
    }

    private static double audio(double lufs, double truePeak, double limitedDb) {
        double loudness = Math.min(0.4, Math.abs(lufs - SongRenderer.LOUDNESS) / 10);
        double peak = truePeak <= SongRenderer.PEAK ? 0 : Math.min(0.3, (truePeak - SongRenderer.PEAK) / 3);
        double limiting = Math.clamp((-limitedDb - 3) / 30, 0, 0.3);
        return 1 - loudness - peak - limiting;
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
