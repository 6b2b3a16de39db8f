package dev.cadenza.analytics;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Statistics of what is listened to. */
@SpringBootApplication
public class AnalyticsApplication {

    /** Starts the service. */
    public static void main(String[] args) {
        SpringApplication.run(AnalyticsApplication.class, args);
    }
}
