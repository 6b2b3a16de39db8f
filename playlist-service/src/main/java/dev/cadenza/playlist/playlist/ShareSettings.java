package dev.cadenza.playlist.playlist;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Links that open playlists.
 *
 * @param validFor after which a link opens nothing any more
 */
@Validated
@ConfigurationProperties("cadenza.playlist-share")
public record ShareSettings(@DefaultValue("30d") Duration validFor) {}
