package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Makes a track of a file for which room is held. The bytes are stored before the track, so that there is never a track
 * without; bytes whose track was never stored are swept later.
 */
@Component
public final class MakeTrack {

    private static final Pattern YEAR = Pattern.compile("^\\s*([12]\\d{3})\\b");
    private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z0-9]{1,5}$");

    private final Tracks tracks;
    private final TrackFiles files;
    private final Inspector inspector;
    private final AnalysisQueue analysis;
    private final Clock clock;

    MakeTrack(Tracks tracks, TrackFiles files, Inspector inspector, AnalysisQueue analysis, Clock clock) {
        this.tracks = tracks;
        this.files = files;
        this.inspector = inspector;
        this.analysis = analysis;
        this.clock = clock;
    }

    /**
     * Looks into the file, stores it and starts its analysis; the track itself where it is made already. What the wishes
     * leave open comes from the file's tags, then from its name. Fails with UnsupportedMedia or Invalid, and then nothing is
     * stored.
     */
    public Mono<Versioned<Track>> make(
            UUID id, UploadTrack.Owner owner, UploadTrack.Upload upload, TrackDetails.Change wishes) {
        return Mono.defer(() -> tracks.find(id))
                .filter(track -> track.state().ownedBy(owner.id()))
                .switchIfEmpty(Mono.defer(() -> inspector.inspect(upload.file()))
                        .flatMap(inspected -> store(id, owner, upload, inspected, wishes))
                        .doOnNext(track -> analysis.wake()));
    }

    private Mono<Versioned<Track>> store(
            UUID id,
            UploadTrack.Owner owner,
            UploadTrack.Upload upload,
            Inspector.Inspected inspected,
            TrackDetails.Change wishes) {
        TrackDetails details = suggested(owner, upload, inspected.tags()).with(wishes);
        AudioFacts audio = inspected.audio();
        return files.store(id, upload.file(), audio.contentType())
                .flatMap(etag -> tracks.add(
                        id, Track.uploaded(owner.id(), owner.username(), details, audio, etag, clock.instant())))
                .onErrorResume(MakeTrack::exists, error -> tracks.find(id).switchIfEmpty(Mono.error(error)));
    }

    /** Made by another at the same moment. */
    private static boolean exists(Throwable error) {
        return error instanceof FailureException e
                && e.failure() instanceof Failure.Conflict conflict
                && conflict.code().equals("track.exists");
    }

    private static TrackDetails suggested(
            UploadTrack.Owner owner, UploadTrack.Upload upload, Map<String, String> tags) {
        String name = EXTENSION.matcher(upload.filename()).replaceFirst("");
        return new TrackDetails(
                first(TrackDetails.LONGEST, "Untitled", tags.get("title"), name),
                first(
                        TrackDetails.LONGEST,
                        owner.username(),
                        tags.get("artist"),
                        tags.get("album_artist"),
                        tags.get("albumartist")),
                maybe(tags.get("album"), TrackDetails.LONGEST),
                maybe(tags.get("genre"), TrackDetails.LONGEST_GENRE),
                year(tags),
                true);
    }

    private static String first(int longest, String otherwise, @Nullable String... texts) {
        for (String text : texts) {
            String clean = text == null ? "" : TextFields.cut(text, longest);
            if (!clean.isEmpty()) {
                return clean;
            }
        }
        return otherwise;
    }

    private static @Nullable String maybe(@Nullable String text, int longest) {
        String clean = text == null ? "" : TextFields.cut(text, longest);
        return clean.isEmpty() ? null : clean;
    }

    private static @Nullable Integer year(Map<String, String> tags) {
        for (String name : new String[] {"date", "year", "tyer", "tdrc"}) {
            Matcher year = YEAR.matcher(tags.getOrDefault(name, ""));
            if (year.find()) {
                return Integer.valueOf(year.group(1));
            }
        }
        return null;
    }
}
