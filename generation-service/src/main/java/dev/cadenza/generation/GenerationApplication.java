package dev.cadenza.generation;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;

/**
 * Starts generation-service. The setting {@code cadenza.role} decides which half of it: the package {@code config} has
 * one class for each role.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@ComponentScan("dev.cadenza.generation.config")
public class GenerationApplication {

    /** Runs until it is told to stop. */
    public static void main(String[] arguments) {
        SpringApplication.run(GenerationApplication.class, arguments);
    }
}
