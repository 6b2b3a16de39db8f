package dev.cadenza.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What other services, older and newer than this one, rely on. Samples are never edited: a new optional component gets a
 * new sample beside the old ones, {@code samples/<package>/<record>/<n>.json}; everything else is a new package.
 */
class ContractTests {

    private static final Path SAMPLES = Path.of("src", "test", "resources", "samples");
    private static final Path CLASSES = Path.of("target", "classes");

    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    static List<Record> contracts() {
        return Fixtures.ALL;
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void isWrittenAsTheNewestSampleSays(Record contract) throws IOException {
        Path newest = samples(contract.getClass()).getLast();
        assertThat(json.readTree(json.writeValueAsString(contract))).isEqualTo(json.readTree(Files.readString(newest)));
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void readsEverySampleThatWasEverCommitted(Record contract) throws IOException {
        for (Path sample : samples(contract.getClass())) {
            assertThat(json.readValue(Files.readString(sample), contract.getClass()))
                    .as(sample.toString())
                    .isNotNull();
        }
        assertThat(json.readValue(Files.readString(samples(contract.getClass()).getLast()), contract.getClass()))
                .isEqualTo(contract);
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void ignoresWhatANewerWriterAdded(Record contract) throws IOException {
        String newer = Files.readString(samples(contract.getClass()).getLast())
                .replaceFirst("\\{", "{\"addedLater\": {\"a\": [1]},");
        assertThat(json.readValue(newer, contract.getClass())).isEqualTo(contract);
    }

    @Test
    void hasASampleOfEveryRecord() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            List<String> records = files.filter(file -> file.toString().endsWith(".class"))
                    .map(file -> CLASSES.relativize(file).toString().replace('/', '.'))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .filter(name -> !name.endsWith("package-info"))
                    .toList();
            assertThat(Fixtures.ALL.stream().map(contract -> contract.getClass().getName()))
                    .containsExactlyInAnyOrderElementsOf(records);
        }
    }

    @Test
    void hasNoSampleWithoutARecord() throws IOException {
        try (Stream<Path> files = Files.walk(SAMPLES)) {
            assertThat(files.filter(Files::isRegularFile).map(Path::getParent).distinct())
                    .containsExactlyInAnyOrderElementsOf(Fixtures.ALL.stream()
                            .map(contract -> folder(contract.getClass()))
                            .toList());
        }
    }

    @Test
    void dependsOnNothingButTheJdk() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".class")).flatMap(ContractTests::referenced))
                    .isNotEmpty()
                    .allMatch(name -> name.startsWith("java/")
                            || name.startsWith("[")
                            || name.startsWith("dev/cadenza/contracts/")
                            || name.startsWith("org/jspecify/annotations/"));
        }
    }

    private static Stream<String> referenced(Path file) {
        try {
            ClassModel model = ClassFile.of().parse(file);
            return Stream.iterate(1, i -> i < model.constantPool().size(), i -> i + 1)
                    .map(i -> entry(model, i))
                    .filter(ClassEntry.class::isInstance)
                    .map(entry -> ((ClassEntry) entry).asInternalName());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PoolEntry entry(ClassModel model, int index) {
        return model.constantPool().entryByIndex(index);
    }

    private static List<Path> samples(Class<?> contract) throws IOException {
        try (Stream<Path> files = Files.list(folder(contract))) {
            return files.sorted(Comparator.comparingInt(ContractTests::revision))
                    .toList();
        }
    }

    private static int revision(Path sample) {
        return Integer.parseInt(sample.getFileName().toString().replace(".json", ""));
    }

    /** Such as {@code samples/catalog.v1/TrackSnapshot}. */
    private static Path folder(Class<?> contract) {
        String name = contract.getPackageName()
                .substring(EventEnvelope.class.getPackageName().length());
        return (name.isEmpty() ? SAMPLES : SAMPLES.resolve(name.substring(1))).resolve(contract.getSimpleName());
    }
}
