package dev.cadenza.platform.testing.structure;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.springframework.util.FileSystemUtils;

/** The delete test: a service without one of its dialects still compiles. */
public final class DialectRemoval {

    private DialectRemoval() {}

    /**
     * Compiles the main sources of a module once for each of its dialects, without that dialect.
     *
     * @param base package of the service; its dialects are the packages below {@code <base>.api}
     * @return names of the dialects that were left out, one compilation each
     * @throws AssertionError with the compiler's words where the rest does not compile
     */
    public static List<String> compileWithoutEach(String base) throws IOException {
        Path sources = Path.of("src", "main", "java").toAbsolutePath();
        Path api = sources.resolve(base.replace('.', '/')).resolve("api");
        List<Path> dialects;
        try (Stream<Path> children = Files.list(api)) {
            dialects = children.filter(Files::isDirectory).sorted().toList();
        }
        for (Path dialect : dialects) {
            compileWithout(sources, dialect);
        }
        return dialects.stream().map(path -> path.getFileName().toString()).toList();
    }

    private static void compileWithout(Path sources, Path dialect) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(sources)) {
            files = all.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.startsWith(dialect))
                    .toList();
        }
        Path output = Files.createTempDirectory("cadenza-delete-test-");
        try {
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            StringWriter words = new StringWriter();
            try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
                // the compiled classes of the module itself must not stand in for the removed sources
                String classPath = Stream.of(
                                System.getProperty("java.class.path").split(":", -1))
                        .filter(entry -> !entry.endsWith("/target/classes")
                                || !Path.of(entry)
                                        .equals(Path.of("target", "classes").toAbsolutePath()))
                        .reduce((a, b) -> a + ":" + b)
                        .orElse("");
                List<String> options = List.of(
                        "-proc:none",
                        "-nowarn",
                        "-parameters",
                        "--add-exports",
                        "java.desktop/com.sun.media.sound=ALL-UNNAMED",
                        "-classpath",
                        classPath,
                        "-d",
                        output.toString());
                boolean compiles = compiler.getTask(
                                words, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                        .call();
                if (!compiles) {
                    throw new AssertionError("without " + dialect.getFileName() + ":\n" + words);
                }
            }
        } finally {
            FileSystemUtils.deleteRecursively(output);
        }
    }
}
