package dev.cadenza.platform.web.media;

import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Signed addresses, for services that hand them out. */
@AutoConfiguration(afterName = "dev.cadenza.platform.web.WebConfiguration")
@EnableConfigurationProperties(MediaSettings.class)
public class MediaConfiguration {

    /** Made where it is asked for, so that nobody else misses a secret. */
    @Bean
    @Lazy
    MediaSigner mediaSigner(MediaSettings settings, Clock clock) {
        return new MediaSigner(settings, clock);
    }
}
