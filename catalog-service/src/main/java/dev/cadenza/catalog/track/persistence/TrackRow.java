package dev.cadenza.catalog.track.persistence;

import dev.cadenza.catalog.track.SearchText;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.TrackDetails;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A track as it is stored, with what queries compare.
 *
 * @param text title, artist, album and genre, folded
 * @param title folded, for sorting
 * @param artist folded, for sorting
 * @param genre folded; empty where there is none
 * @param mood folded; empty where there is none
 * @param tags folded; null where there is none
 */
record TrackRow(
        Track track,
        String text,
        String title,
        String artist,
        String genre,
        String mood,
        @Nullable List<String> tags) {

    static TrackRow of(Track track) {
        TrackDetails details = track.details();
        String genre = details.genre() == null ? "" : details.genre();
        String text = Stream.of(
                        details.title(), details.artist(), details.album() == null ? "" : details.album(), genre)
                .map(SearchText::folded)
                .filter(part -> !part.isEmpty())
                // so that no word begins in one and ends in the next
                .collect(Collectors.joining("\n"));
        return new TrackRow(
                track,
                text,
                SearchText.folded(details.title()),
                SearchText.folded(details.artist()),
                SearchText.folded(genre),
                details.notes().mood() == null
                        ? ""
                        : SearchText.folded(details.notes().mood()),
                details.notes().tags().isEmpty()
                        ? null
                        : details.notes().tags().stream()
                                .map(SearchText::folded)
                                .distinct()
                                .toList());
    }
}
