package dev.cadenza.social;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Likes, comments and webhooks. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class SocialApplication {

    /** Starts the service. */
    public static void main(String[] args) {
        SpringApplication.run(SocialApplication.class, args);
    }
}
