package dev.cadenza.playlist.playlist.persistence;

import dev.cadenza.platform.audio.Ffmpeg;
import dev.cadenza.platform.audio.StoredPictures;
import dev.cadenza.platform.audio.UndecodableImageException;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.storage.ObjectStore;
import dev.cadenza.playlist.playlist.CoverSettings;
import dev.cadenza.playlist.playlist.Covers;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Repository;

@Repository
class StoredCovers extends StoredPictures implements Covers {

    StoredCovers(ObjectStore store, Ffmpeg ffmpeg, CoverSettings settings, Supplier<UUID> ids) {
        super(
                store,
                ffmpeg,
                ids,
                "playlist/covers/",
                new Limits(settings.side(), settings.maxPixels(), settings.concurrency()));
    }

    @Override
    protected FailureException refusal(UndecodableImageException cause) {
        return Failure.invalid("cover.unusable", cause.reason());
    }
}
