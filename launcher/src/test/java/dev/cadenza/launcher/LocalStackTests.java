package dev.cadenza.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackTests {

    @TempDir
    Path data;

    private Secrets secrets;

    @BeforeEach
    void makeSecrets() throws IOException {
        secrets = Secrets.in(data);
    }

    private List<Part> parts(String... settings) {
        List<Options.Override> overrides =
                java.util.Arrays.stream(settings).map(Options.Override::parse).toList();
        return new LocalStack(20_000, data, secrets, overrides).parts();
    }

    private static Part named(String name, List<Part> parts) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void givesEveryPartItsOwnPorts() {
        Set<Integer> ports = new HashSet<>();
        for (Part part : parts()) {
            assertThat(part.ports())
                    .allSatisfy(port -> assertThat(ports.add(port)).isTrue());
        }
        assertThat(ports).allSatisfy(port -> assertThat(port).isBetween(20_000, 20_099));
    }

    @Test
    void startsAPartAfterWhatItNeeds() {
        Set<String> earlier = new HashSet<>();
        for (Part part : parts()) {
            assertThat(earlier).containsAll(part.needs());
            earlier.add(part.name());
        }
    }

    @Test
    void listensOnTheLoopbackAddressOnly() {
        assertThat(parts().stream().filter(Part::isSpring))
                .hasSize(10)
                .allSatisfy(part -> assertThat(part.settings()).containsEntry("server.address", "127.0.0.1"));
    }

    @Test
    void overridesOneServiceOrAllOfThem() {
        List<Part> parts = parts("a=1", "catalog-service:a=2", "catalog-service:server.shutdown=immediate");
        assertThat(named("catalog-service", parts).settings())
                .containsEntry("a", "2")
                .containsEntry("server.shutdown", "immediate");
        assertThat(named("generation-worker", parts).settings()).containsEntry("a", "1");
        assertThat(named("keycloak", parts).settings()).doesNotContainKey("a");
    }

    @Test
    void saysWhichServicesThereAreWhereOneIsMisspelt() {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> parts("catalogue:a=1"))
                .withMessageContaining("no service catalogue")
                .withMessageContaining("catalog-service");
    }

    @Test
    void saysWhichPortIsBusy() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = busy.getLocalPort();
            Part part = new Part(
                    "gateway",
                    Part.Kind.SERVICE,
                    "gateway",
                    port,
                    "",
                    URI.create("http://localhost"),
                    1,
                    List.of(port),
                    List.of(),
                    Map.of());
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> Ports.demandFree(List.of(part)))
                    .withMessage("Port " + port + " (gateway) is used by another program;"
                            + " stop that, or move all ports with --port-base N.");
        }
    }

    @Test
    void fillsTheRealmsSecretsInAndLeavesKeycloaksOwnPlaceholders() throws IOException {
        Map<String, String> values = new LocalStack(20_000, data, secrets, List.of()).realmPlaceholders();
        try (var in = Keycloak.class.getResourceAsStream("/keycloak/cadenza-realm.json")) {
            String realm = Keycloak.fill(new String(in.readAllBytes()), values);
            assertThat(realm).doesNotContain("${CADENZA").contains(secrets.get("keycloak.client.veza"));
        }
        assertThat(Keycloak.fill("${role_admin} ${A_B}", Map.of("A_B", "$1\\"))).isEqualTo("${role_admin} $1\\");
    }

    @Test
    void aProcessNumberThatWasUsedAgainIsNotTheOldProcess() {
        StackState.Pid self = StackState.Pid.of(ProcessHandle.current());
        assertThat(self.find()).contains(ProcessHandle.current());
        assertThat(new StackState.Pid(self.number(), self.startedAt().minusSeconds(60)).find())
                .isEmpty();
    }

    @Test
    void anUnreadableStateIsNoState() throws IOException {
        Path file = Files.writeString(data.resolve("state.json"), "{\"half\":");
        assertThat(StackState.read(file)).isEmpty();
        assertThat(StackState.read(data.resolve("none.json"))).isEmpty();
    }
}
