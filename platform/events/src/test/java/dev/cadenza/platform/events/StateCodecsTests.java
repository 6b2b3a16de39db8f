package dev.cadenza.platform.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.job.Job;
import dev.cadenza.platform.core.job.JobReport;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StateCodecsTests {

    enum Mood {
        CALM {
            @Override
            boolean loud() {
                return false;
            }
        },
        WILD;

        boolean loud() {
            return true;
        }
    }

    record Part(String name, @Nullable Double gain, List<Part> parts) {}

    record Everything(
            UUID id,
            Instant at,
            Mood mood,
            boolean open,
            int count,
            long size,
            double loudness,
            @Nullable Integer year,
            @Nullable Long number,
            Part part,
            List<Part> parts,
            Set<String> tags,
            List<UUID> ids,
            Map<String, Integer> plays,
            Map<String, List<Part>> groups,
            Map<String, Object> json) {}

    record Newer(UUID id, int added, boolean flag, @Nullable String text, List<String> list, Map<String, String> map) {}

    private final Everything everything = new Everything(
            UUID.randomUUID(),
            Instant.parse("2026-05-01T10:00:00.123Z"),
            Mood.CALM,
            true,
            7,
            1L << 40,
            -14.5,
            null,
            3L,
            new Part("drums", -1.5, List.of()),
            List.of(new Part("bass", null, List.of(new Part("sub", 2.0, List.of())))),
            Set.of("a", "b"),
            List.of(UUID.randomUUID()),
            Map.of("x", 1),
            Map.of("rhythm", List.of(new Part("snare", null, List.of()))),
            json());

    private static Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("zebra", "text");
        json.put("apple", 1);
        json.put("big", 1L << 40);
        json.put("ratio", 0.5);
        json.put("yes", true);
        json.put("list", List.of(1, "two", Map.of("three", 3.0)));
        json.put("nested", Map.of("deep", List.of(Map.of())));
        return json;
    }

    @Test
    void readsBackWhatItWrote() {
        States<Everything> states = new States<>(Everything.class);
        assertThat(states.decode(states.encode(everything))).isEqualTo(everything);
    }

    @Test
    void keepsTheOrderOfKeysAndNullsInJson() {
        States<Everything> states = new States<>(Everything.class);
        Map<String, Object> json = states.decode(states.encode(everything)).json();
        assertThat(json.keySet()).containsExactlyElementsOf(everything.json().keySet());
    }

    @Test
    void storesIdsAndTimesAsSuchAndLeavesNullsOut() {
        BsonDocument document = new States<>(Everything.class).encode(everything);
        assertThat(document.getBinary("id").asUuid()).isEqualTo(everything.id());
        assertThat(document.isDateTime("at")).isTrue();
        assertThat(document.getString("mood").getValue()).isEqualTo("CALM");
        assertThat(document).doesNotContainKey("year");
    }

    @Test
    void readsOlderAndNewerDocuments() {
        UUID id = UUID.randomUUID();
        BsonDocument older = new States<>(Newer.class).encode(new Newer(id, 1, true, "x", List.of("y"), Map.of()));
        older.keySet().retainAll(Set.of("id"));
        older.put("unknown", new BsonDocument("a", BsonNull.VALUE));
        older.put("text", BsonNull.VALUE);
        assertThat(new States<>(Newer.class).decode(older))
                .isEqualTo(new Newer(id, 0, false, null, List.of(), Map.of()));
    }

    @Test
    void refusesNamesThatNoDocumentCanHold() {
        record Named(Map<String, Object> json) {}
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> new States<>(Named.class).encode(new Named(Map.of("a\0b", 1))))
                .satisfies(e -> assertThat(e.failure()).isInstanceOf(Failure.Invalid.class));
    }

    @Test
    void keepsTimesToTheMillisecond() {
        record Timed(Instant at) {}
        assertThat(new States<>(Timed.class)
                        .normalised(new Timed(Instant.parse("2026-05-01T10:00:00.123456Z")))
                        .at())
                .isEqualTo(Instant.parse("2026-05-01T10:00:00.123Z"));
    }

    @Test
    void storesJobsAndTheirReports() {
        Instant now = Instant.parse("2026-05-01T10:00:00Z");
        Job job = Job.queued(now).released(now);
        assertThat(new States<>(Job.class).normalised(job)).isEqualTo(job);
        JobReport report = new JobReport(
                UUID.randomUUID(),
                1001,
                JobReport.Kind.COMPLETED,
                100,
                "",
                Map.of("files", Arrays.asList("a", "b")),
                null,
                "w",
                now);
        assertThat(new States<>(JobReport.class).normalised(report)).isEqualTo(report);
    }
}
