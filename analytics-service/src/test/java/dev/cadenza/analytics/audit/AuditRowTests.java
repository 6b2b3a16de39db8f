package dev.cadenza.analytics.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditRowTests {

    private static final UUID ID = UUID.fromString("0199f000-0000-7000-8000-000000000001");
    private static final UUID USER = UUID.fromString("0199f000-0000-7000-8000-000000000002");

    /** Computed with another program from what docs/decisions/0013 says: rows that exist must verify forever. */
    @Test
    void theHashIsTheDocumentedOne() {
        AuditEntry entry = AuditEntry.of(
                ID,
                USER,
                null,
                "track.uploaded",
                "söng",
                "192.0.2.7",
                "",
                Map.of("format", "wav", "b", "x,1:y"),
                Instant.parse("2026-01-02T03:04:05.678Z"));
        AuditRow first = AuditRow.after(Anchor.BEGINNING, entry);
        assertThat(first.hash()).isEqualTo("c35008b0b61569cd6730ec80a08fbacccbf67bc951467700555632ef6c9c24ad");
        AuditRow second = AuditRow.after(
                first.anchor(),
                AuditEntry.of(ID, null, USER, "login.failed", null, "", "curl", Map.of(), Instant.EPOCH));
        assertThat(second.seq()).isEqualTo(2);
        assertThat(second.previous()).isEqualTo(first.hash());
        assertThat(second.hash()).isEqualTo("404dce8e0f0e3d4f8b1754965563b4fa6dc03665b8b686941968f697b5f3fc02");
        assertThat(first.isIntact()).isTrue();
        assertThat(second.isIntact()).isTrue();
    }

    @Test
    void fieldsCannotBorrowFromOneAnother() {
        AuditRow row = AuditRow.after(Anchor.BEGINNING, entry("ab", "c"));
        assertThat(row.hash())
                .isNotEqualTo(AuditRow.after(Anchor.BEGINNING, entry("a", "bc")).hash())
                .isNotEqualTo(
                        AuditRow.after(Anchor.BEGINNING, entry("ab", null)).hash());
        assertThat(AuditRow.after(Anchor.BEGINNING, entry("ab", "")).hash())
                .isNotEqualTo(
                        AuditRow.after(Anchor.BEGINNING, entry("ab", null)).hash());
    }

    @Test
    void anEntryIsStoredShortAndClean() {
        AuditEntry entry = AuditEntry.of(
                ID,
                null,
                null,
                "a".repeat(100),
                "x\ny\u0000z\ud800",
                "i".repeat(100),
                "\ud83c\udfb5".repeat(600),
                Map.of("a.b$c\n", "v\r\n", "", "nothing"),
                Instant.parse("2026-01-02T03:04:05.678901Z"));
        assertThat(entry.action()).hasSize(64);
        assertThat(entry.target()).isEqualTo("xyz");
        assertThat(entry.ip()).hasSize(64);
        assertThat(entry.userAgent().codePoints()).hasSize(512);
        assertThat(entry.details()).isEqualTo(Map.of("a_b_c", "v"));
        assertThat(entry.at()).isEqualTo(Instant.parse("2026-01-02T03:04:05.678Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.77, 192.0.2.0/24",
        "::ffff:192.0.2.77, 192.0.2.0/24",
        "2001:db8:1:2::3, 2001:db8:1:0:0:0:0:0/48",
        "'', ''",
        "localhost, ''",
        "1.2.3.4.5, ''"
    })
    void networksAreThoseOfTheAddress(String ip, String network) {
        assertThat(Network.of(ip)).isEqualTo(network);
    }

    @Test
    void anAnchorIsReadAsItIsWritten() {
        Anchor anchor = new Anchor(77, "ab".repeat(32));
        assertThat(Anchor.parse(anchor.toString())).contains(anchor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "7:ab", "-1:abababababababababababababababababababababababababababababababab"})
    void anythingElseIsNoAnchor(String text) {
        assertThat(Anchor.parse(text)).isEmpty();
    }

    private static AuditEntry entry(String action, @Nullable String target) {
        return AuditEntry.of(ID, USER, null, action, target, "", "", Map.of(), Instant.EPOCH);
    }
}
