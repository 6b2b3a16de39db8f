package dev.cadenza.generation.work;

import dev.cadenza.generation.model.MusicModel;
import dev.cadenza.generation.model.builtin.BuiltinComposer;
import dev.cadenza.generation.render.BundledSoundFont;
import dev.cadenza.generation.render.SoundFont;
import dev.cadenza.platform.audio.Cancellation;
import dev.cadenza.platform.audio.Ffmpeg;
import dev.cadenza.platform.audio.UndecodableAudioException;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The model that comes with the build, with its sounds loaded before the first job. */
@Configuration(proxyBeanMethods = false)
class BuiltinModel {

    private static final Logger LOG = LoggerFactory.getLogger(BuiltinModel.class);

    @Bean
    MusicModel builtinComposer(ComposerSettings settings, Ffmpeg ffmpeg) throws IOException {
        Path own = settings.soundFont();
        Path file = own != null
                ? own
                : BundledSoundFont.unpack(settings.cache(), (flac, raw, rate) -> decode(ffmpeg, flac, raw, rate));
        SoundFont font = SoundFont.load(file);
        LOG.info("plays with the SoundFont {} at {}", font.name(), file);
        return new BuiltinComposer(font, ffmpeg);
    }

    private static void decode(Ffmpeg ffmpeg, Path flac, Path raw, int rate) throws IOException {
        try {
            ffmpeg.decode(flac, raw, rate, 1, Cancellation.NEVER);
        } catch (UndecodableAudioException e) {
            throw new IOException("the SoundFont that comes with the build is damaged", e);
        }
    }
}
