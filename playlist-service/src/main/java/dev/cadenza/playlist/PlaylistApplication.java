package dev.cadenza.playlist;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Playlists. */
@SpringBootApplication
public class PlaylistApplication {

    /** Starts the service. */
    public static void main(String[] args) {
        SpringApplication.run(PlaylistApplication.class, args);
    }
}
