package dev.cadenza.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whether classes of cases have one for every documented endpoint. */
final class RowCoverage {

    private RowCoverage() {}

    /**
     * Compares the cases of one class with the endpoints of its groups.
     *
     * @param conformance whose nested classes hold the cases
     * @param rows resource with one endpoint a line: dialect, number in its document, method, path
     */
    static void check(Class<?> conformance, String rows) throws IOException {
        assertThat(cases(conformance)).isEqualTo(rows(rows));
    }

    /** The endpoints that a class has cases of, as {@code <dialect> <METHOD> <path>}. */
    static Set<String> cases(Class<?> conformance) {
        return Stream.of(conformance.getDeclaredClasses())
                .flatMap(dialect -> Stream.of(dialect.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getAnnotation(Row.class))
                .filter(Objects::nonNull)
                .flatMap(row -> Arrays.stream(row.value()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The endpoints of a resource, likewise. */
    static Set<String> rows(String resource) throws IOException {
        try (InputStream file = Objects.requireNonNull(RowCoverage.class.getResourceAsStream(resource))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split(" "))
                    .map(words -> words[0] + " " + words[2] + " " + words[3])
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
