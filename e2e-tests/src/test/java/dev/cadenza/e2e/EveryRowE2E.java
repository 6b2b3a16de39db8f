package dev.cadenza.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No published endpoint is forgotten: the gateway's list of them all beside all cases that there are. Needs no stack. */
class EveryRowE2E {

    /**
     * What belongs to tracks, uploads, albums, playlists, search and marketplace; likes, comments and what is told of
     * listenings in audionova and musewave are groups of their own.
     */
    private static final Map<String, Pattern> LIBRARY = Map.of(
            "veza",
            Pattern.compile("/api/v1/(tracks|playlists|marketplace|search|uploads)(/(?!\\{id}/comments).*)?"),
            "audionova",
            Pattern.compile("/api/(songs/(?!\\{song_id}/(un)?like/).*"
                    + "|playlists/.*|playlist/.*|playlist-songs/.*|public-playlists/|search-songs/)"),
            "musewave",
            Pattern.compile("/musewave/(tracks/(?!\\{(track_)?id}/(like|downloads?|plays?|stats)/).*"
                    + "|albums.*|users/\\{user_id}/albums|search/.*|artists/)"));

    private final Set<String> published = published();
    private final Set<String> withCase = withCase();

    @Test
    void everyEndpointHasACaseOrIsOneToCome() throws IOException {
        Set<String> without = new TreeSet<>(published);
        without.removeAll(withCase);
        assertThat(without).isEqualTo(RowCoverage.rows("/rows-to-come.txt"));
    }

    @Test
    void nothingOfTheLibraryIsToCome() {
        List<String> library = published.stream().filter(EveryRowE2E::ofLibrary).toList();
        assertThat(library).hasSize(77);
        assertThat(withCase).containsAll(library);
    }

    private static boolean ofLibrary(String endpoint) {
        String[] words = endpoint.split(" ");
        return LIBRARY.containsKey(words[0])
                && LIBRARY.get(words[0]).matcher(words[2]).matches();
    }

    /** As {@code <dialect> <METHOD> <path>}; the list names the dialect above its endpoints. */
    private static Set<String> published() {
        Path list = Platform.ROOT.resolve("gateway/src/test/resources/endpoints.txt");
        Set<String> endpoints = new TreeSet<>();
        String dialect = "";
        try {
            for (String line : Files.readAllLines(list)) {
                if (line.startsWith("# ")) {
                    dialect = line.substring(2);
                } else if (!line.isBlank()) {
                    endpoints.add(dialect + " " + line);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(endpoints).hasSize(183);
        return endpoints;
    }

    /** Of whatever class calls itself one of cases. */
    private static Set<String> withCase() {
        Class<?> here = EveryRowE2E.class;
        try (Stream<Path> classes = Files.list(
                Path.of(here.getResource("EveryRowE2E.class").toURI()).getParent())) {
            return classes.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("ConformanceE2E.class"))
                    .map(name -> here.getPackageName() + "." + name.replace(".class", ""))
                    .flatMap(name -> RowCoverage.cases(classOf(name)).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Class<?> classOf(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
