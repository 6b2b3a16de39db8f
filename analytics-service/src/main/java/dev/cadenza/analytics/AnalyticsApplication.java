package dev.cadenza.analytics;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Statistics of what is listened to, and the audit log. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AnalyticsApplication {

    /** Starts the service. */
    public static void main(String[] args) {
        SpringApplication.run(AnalyticsApplication.class, args);
    }
}
