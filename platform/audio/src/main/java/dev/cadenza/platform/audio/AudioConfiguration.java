package dev.cadenza.platform.audio;

import java.io.IOException;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** FFmpeg for every service that has this module: found, unpacked and tried at start. */
@AutoConfiguration
@EnableConfigurationProperties(AudioSettings.class)
public class AudioConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Ffmpeg ffmpeg(AudioSettings settings) throws IOException {
        return Ffmpeg.open(settings);
    }
}
