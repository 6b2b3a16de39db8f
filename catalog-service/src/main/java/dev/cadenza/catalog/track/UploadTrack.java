package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.RequestedIds;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Makes a track of a file. The bytes are stored before the track, so that there is never a track without; bytes whose
 * track was never stored are swept later.
 */
@Component
public final class UploadTrack {

    private static final Pattern YEAR = Pattern.compile("^\\s*([12]\\d{3})\\b");
    private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z0-9]{1,5}$");

    private final Tracks tracks;
    private final TrackFiles files;
    private final Inspector inspector;
    private final StorageQuota quota;
    private final AnalysisQueue analysis;
    private final Supplier<UUID> ids;
    private final Clock clock;

    UploadTrack(
            Tracks tracks,
            TrackFiles files,
            Inspector inspector,
            StorageQuota quota,
            AnalysisQueue analysis,
            Supplier<UUID> ids,
            Clock clock) {
        this.tracks = tracks;
        this.files = files;
        this.inspector = inspector;
        this.quota = quota;
        this.analysis = analysis;
        this.ids = ids;
        this.clock = clock;
    }

    /** Who uploads. */
    public record Owner(UUID id, String username) {}

    /**
     * What is uploaded.
     *
     * @param filename as the client named it, without folders; may be empty
     * @param size bytes
     */
    public record Upload(Path file, String filename, long size) {}

    /**
     * Looks into the file, stores it and starts its analysis. What the wishes leave open comes from the file's tags,
     * then from its name. Fails with UnsupportedMedia, Invalid or TooLarge, and then nothing is stored.
     */
    public Mono<Versioned<Track>> upload(Owner owner, Upload upload, TrackDetails.Change wishes) {
        return RequestedIds.of("track", ids).flatMap(id -> upload(id, owner, upload, wishes));
    }

    /** The same with an id that was given out before: whoever comes with it again gets the track that there is. */
    public Mono<Versioned<Track>> upload(UUID id, Owner owner, Upload upload, TrackDetails.Change wishes) {
        return tracks.find(id)
                .filter(track -> track.state().ownedBy(owner.id()))
                .switchIfEmpty(Mono.defer(() -> make(id, owner, upload, wishes)));
    }

    private Mono<Versioned<Track>> make(UUID id, Owner owner, Upload upload, TrackDetails.Change wishes) {
        return quota.of(owner.id())
                .flatMap(usage -> usage.remaining() < upload.size()
                        ? Mono.error(new Failure.TooLarge(
                                        "upload.quota_exceeded",
                                        "The file does not fit into what is left of your storage.",
                                        usage.limit())
                                .asException())
                        : inspector.inspect(upload.file()))
                .flatMap(inspected -> store(id, owner, upload, inspected, wishes))
                .doOnNext(track -> analysis.wake());
    }

    private Mono<Versioned<Track>> store(
            UUID id, Owner owner, Upload upload, Inspector.Inspected inspected, TrackDetails.Change wishes) {
        TrackDetails details = suggested(owner, upload, inspected.tags()).with(wishes);
        AudioFacts audio = inspected.audio();
        return files.store(id, upload.file(), audio.contentType())
                .flatMap(etag -> tracks.add(
                        id, Track.uploaded(owner.id(), owner.username(), details, audio, etag, clock.instant())))
                // somebody did the same at the same moment
                .onErrorResume(UploadTrack::isThere, error -> tracks.find(id).switchIfEmpty(Mono.error(error)));
    }

    private static boolean isThere(Throwable error) {
        return error instanceof FailureException e && e.failure() instanceof Failure.Conflict;
    }

    private static TrackDetails suggested(Owner owner, Upload upload, Map<String, String> tags) {
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
