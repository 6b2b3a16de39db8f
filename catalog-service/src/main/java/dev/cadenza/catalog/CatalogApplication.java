package dev.cadenza.catalog;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts catalog-service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class CatalogApplication {

    /** Runs until it is told to stop. */
    public static void main(String[] arguments) {
        SpringApplication.run(CatalogApplication.class, arguments);
    }
}
