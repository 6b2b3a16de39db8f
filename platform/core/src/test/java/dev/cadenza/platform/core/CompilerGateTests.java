package dev.cadenza.platform.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The build's own compiler arguments, tried on code that must be refused: a gate that lets everything pass is none. */
class CompilerGateTests {

    @TempDir
    Path folder;

    @Test
    void refusesNullWhereNullIsNotAllowed() throws Exception {
        String output = compile("""
                @org.jspecify.annotations.NullMarked
                class Fixture {
                    static String name() {
                        return null;
                    }
                }
                """);
        assertThat(output).contains("error: [NullAway]");
    }

    @Test
    void refusesAnIgnoredFuture() throws Exception {
        String output = compile("""
                class Fixture {
                    static void go() {
                        java.util.concurrent.CompletableFuture.runAsync(() -> {});
                    }
                }
                """);
        assertThat(output).contains("error: [FutureReturnValueIgnored]");
    }

    @Test
    void acceptsSoundCode() throws Exception {
        String output = compile("""
                @org.jspecify.annotations.NullMarked
                class Fixture {
                    static String name() {
                        return "a";
                    }
                }
                """);
        assertThat(output).doesNotContain("error:");
        assertThat(folder.resolve("Fixture.class")).exists();
    }

    private String compile(String source) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("Fixture.java"), source);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
        for (String option : Files.readAllLines(Path.of(System.getProperty("gate.jvm.config")))) {
            command.add("-J" + option);
        }
        String classPath = System.getProperty("java.class.path");
        command.addAll(List.of(
                "-XDcompilePolicy=simple",
                "--should-stop=ifError=FLOW",
                System.getProperty("gate.errorprone.arguments"),
                "-classpath",
                classPath,
                "-processorpath",
                classPath,
                "-d",
                folder.toString(),
                file.toString()));
        Path output = folder.resolve("output.txt");
        Process javac = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(javac.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
