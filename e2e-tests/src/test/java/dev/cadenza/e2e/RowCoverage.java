package dev.cadenza.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whether a class of cases has one for every documented endpoint of its groups. */
final class RowCoverage {

    private RowCoverage() {}

    /**
     * Compares.
     *
     * @param conformance whose nested classes hold the cases
     * @param rows resource with one endpoint a line: dialect, number in its document, method, path
     */
    static void check(Class<?> conformance, String rows) throws IOException {
        TreeSet<String> documented = new TreeSet<>();
        try (InputStream file = Objects.requireNonNull(conformance.getResourceAsStream(rows))) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split(" "))
                    .forEach(words -> documented.add(words[0] + " " + words[2] + " " + words[3]));
        }
        TreeSet<String> cases = new TreeSet<>();
        Stream.of(conformance.getDeclaredClasses())
                .flatMap(dialect -> Stream.of(dialect.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getAnnotation(Row.class))
                .filter(Objects::nonNull)
                .forEach(row -> cases.addAll(Arrays.asList(row.value())));
        assertThat(cases).isEqualTo(documented);
    }
}
