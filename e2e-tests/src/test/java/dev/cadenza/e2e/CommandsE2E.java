package dev.cadenza.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that the README tells a newcomer to type, typed. */
class CommandsE2E {

    private final Platform platform = Platform.get();

    @TempDir
    Path folder;

    @Test
    void theDemoWalksThroughTheWholePlatform() {
        Platform.Output demo = platform.script(Duration.ofMinutes(6), "demo");
        assertThat(demo.exit()).as(demo.text()).isZero();
        assertThat(demo.text()).contains(".wav", ".mp3", ".mid");
        List<String> written = new ArrayList<>();
        Matcher paths =
                Pattern.compile("(/\\S+\\.(?:wav|mp3|mid|midi|flac))\\b").matcher(demo.text());
        while (paths.find()) {
            written.add(paths.group(1));
        }
        assertThat(written)
                .as(demo.text())
                .isNotEmpty()
                .allSatisfy(file -> assertThat(Path.of(file)).isNotEmptyFile());
    }

    @Test
    void theDemoTakesAFileOfOnesOwn() throws IOException {
        Path song = Files.write(folder.resolve("my song.wav"), Sounds.song(4));
        Platform.Output demo = platform.script(Duration.ofMinutes(6), "demo", song.toString());
        assertThat(demo.exit()).as(demo.text()).isZero();
    }

    @Test
    void statusAndLogsSpeakOfEveryPart() {
        Platform.Output status = platform.script(Duration.ofMinutes(1), "status");
        assertThat(status.exit()).as(status.text()).isZero();
        assertThat(status.text())
                .contains("gateway", "catalog-service", "generation-worker", "keycloak", "infrastructure");
        Platform.Output logs = platform.script(Duration.ofMinutes(1), "logs", "gateway");
        assertThat(logs.exit()).as(logs.text()).isZero();
        assertThat(logs.text()).isNotBlank();
        Platform.Output unknown = platform.script(Duration.ofMinutes(1), "logs", "no-such-part");
        assertThat(unknown.exit()).isNotZero();
    }

    @Test
    void theSearchIndexIsMadeAnew() {
        Platform.Output rebuilt = platform.script(Duration.ofMinutes(2), "search", "rebuild");
        assertThat(rebuilt.exit()).as(rebuilt.text()).isZero();
        assertThat(rebuilt.text()).contains("Done");
    }

    @Test
    void aSecondUpFindsTheFirst() {
        Platform.Output up = platform.script(Duration.ofMinutes(1), "up", "--detach");
        assertThat(up.exit()).as(up.text()).isZero();
        assertThat(up.text()).contains(platform.gateway());
    }

    @Test
    void theReadmeNamesOnlyCommandsThatExist() throws IOException {
        String readme = Files.readString(Platform.ROOT.resolve("README.md"));
        TreeSet<String> named = new TreeSet<>();
        Matcher commands = Pattern.compile("\\./cadenza ([a-z]+)").matcher(readme);
        while (commands.find()) {
            named.add(commands.group(1));
        }
        String help = platform.script(Duration.ofMinutes(1), "help").text();
        assertThat(named).contains("demo", "test", "status", "logs", "down");
        assertThat(named).allSatisfy(command -> assertThat(help).contains("./cadenza " + command));
    }
}
