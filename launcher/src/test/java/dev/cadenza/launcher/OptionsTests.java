package dev.cadenza.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTests {

    private static final Path HOME = Path.of("/home/ann/cadenza");
    private static final Path HERE = Path.of("/home/ann");

    private static Options parse(String... arguments) {
        return Options.parse(List.of(arguments), HOME, HERE);
    }

    @Test
    void helpsWhereNothingIsAsked() {
        assertThat(parse().command()).isEqualTo("help");
        assertThat(parse("up", "--help").command()).isEqualTo("help");
    }

    @Test
    void keepsItsDataInTheCheckoutUnlessToldOtherwise() {
        assertThat(parse("up").data()).isEqualTo(HOME.resolve(".cadenza"));
        assertThat(parse("up", "--data", "x/../other").data()).isEqualTo(HERE.resolve("other"));
        assertThat(parse("--data=/d", "up").data()).isEqualTo(Path.of("/d"));
    }

    @Test
    void readsOptionsBeforeAndAfterTheCommand() {
        Options options = parse("--port-base", "9000", "logs", "-f", "gateway");
        assertThat(options.command()).isEqualTo("logs");
        assertThat(options.portBase()).isEqualTo(9000);
        assertThat(options.follow()).isTrue();
        assertThat(options.operands()).containsExactly("gateway");
    }

    @Test
    void takesWordsAfterTwoDashesAsTheyAre() {
        assertThat(parse("demo", "--", "--odd name.mp3").operands()).containsExactly("--odd name.mp3");
    }

    @Test
    void setsAPropertyForOneServiceOrForAll() {
        assertThat(parse("up", "--set", "catalog-service:a.b=c:d=e", "--set=x=").overrides())
                .containsExactly(
                        new Options.Override("catalog-service", "a.b", "c:d=e"), new Options.Override("", "x", ""));
    }

    @Test
    void passesTheStackOnToAnotherProcess() {
        Options options = parse("up", "--port-base", "9000", "--set", "s:a=b", "--data", "/d e");
        assertThat(Options.parse(options.stackArguments(), HOME, HERE))
                .isEqualTo(new Options(
                        "help", List.of(), 9000, Path.of("/d e"), options.overrides(), false, false, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", "65500", "x", ""})
    void refusesAPortBaseThatLeavesNoRoom(String base) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> parse("up", "--port-base", base))
                .withMessageContaining("--port-base needs a number from 1024 to 65436");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=x", "novalue", ":a=b", "s:=b"})
    void refusesASettingWithoutANameAndAValue(String setting) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> parse("up", "--set", setting))
                .withMessageContaining("[SERVICE:]property=value");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> parse("up", "--prot-base", "1"))
                .withMessageContaining("no option --prot-base");
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> parse("up", "--data"))
                .withMessageContaining("--data needs a value");
    }
}
