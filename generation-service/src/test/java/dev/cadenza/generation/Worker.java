package dev.cadenza.generation;

import dev.cadenza.generation.render.Sounds;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The worker role on the stand-ins, in this JVM, once for all tests that need it; it goes with the JVM. */
public final class Worker {

    private static @Nullable ConfigurableApplicationContext context;

    private Worker() {}

    /** Starts it unless it runs. */
    public static synchronized ConfigurableApplicationContext start() {
        if (context == null) {
            List<String> arguments = new ArrayList<>(GenerationIntegrationTest.StandIns.shared());
            arguments.add("cadenza.role=worker");
            arguments.add("server.port=0");
            arguments.add("cadenza.events.partitions=1");
            arguments.add("cadenza.composer.cache-directory=" + Sounds.cache());
            context = new SpringApplicationBuilder(GenerationApplication.class)
                    .run(arguments.stream().map(argument -> "--" + argument).toArray(String[]::new));
        }
        return context;
    }
}
