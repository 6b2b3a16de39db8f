package dev.cadenza.auth.profile.persistence;

import dev.cadenza.auth.profile.AvatarSettings;
import dev.cadenza.auth.profile.Avatars;
import dev.cadenza.platform.audio.Ffmpeg;
import dev.cadenza.platform.audio.StoredPictures;
import dev.cadenza.platform.audio.UndecodableImageException;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.storage.ObjectStore;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

@Component
@EnableConfigurationProperties(AvatarSettings.class)
final class StoredAvatars extends StoredPictures implements Avatars {

    StoredAvatars(ObjectStore store, Ffmpeg ffmpeg, AvatarSettings settings, Supplier<UUID> ids) {
        super(
                store,
                ffmpeg,
                ids,
                "auth/avatars/",
                new Limits(settings.side(), settings.maxPixels(), settings.concurrency()));
    }

    @Override
    protected FailureException refusal(UndecodableImageException cause) {
        return switch (cause.problem()) {
            case UNSUPPORTED -> new Failure.UnsupportedMedia("upload.unsupported", cause.reason()).asException();
            case UNUSABLE, BEYOND_LIMITS -> Failure.invalidField("avatar", cause.reason());
        };
    }
}
