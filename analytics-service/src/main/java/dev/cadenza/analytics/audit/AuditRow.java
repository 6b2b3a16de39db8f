package dev.cadenza.analytics.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A link of the chain.
 *
 * @param seq place in the chain, from 1, without gaps
 * @param entry what happened
 * @param network of the entry's address, to search by
 * @param previous hash of the row before
 * @param hash of {@code previous} and everything in this row, as docs/decisions/0013 says
 */
public record AuditRow(long seq, AuditEntry entry, String network, String previous, String hash) {

    /** Names the form of what is hashed, so that there can be another. */
    private static final String FORM = "cadenza.audit.1";

    public AuditRow {
        Objects.requireNonNull(entry);
        Objects.requireNonNull(network);
        Objects.requireNonNull(previous);
        Objects.requireNonNull(hash);
    }

    /** The row of an entry that comes right after this place. */
    public static AuditRow after(Anchor place, AuditEntry entry) {
        long seq = Math.addExact(place.seq(), 1);
        return new AuditRow(seq, entry, Network.of(entry.ip()), place.hash(), hash(place.hash(), seq, entry));
    }

    /** Where this row is. */
    public Anchor anchor() {
        return new Anchor(seq, hash);
    }

    /** Whether nothing in this row was changed since it was written. */
    public boolean isIntact() {
        return hash.equals(hash(previous, seq, entry)) && network.equals(Network.of(entry.ip()));
    }

    private static String hash(String previous, long seq, AuditEntry entry) {
        Canonical canonical = new Canonical();
        canonical.add(FORM);
        canonical.add(previous);
        canonical.add(Long.toString(seq));
        canonical.add(entry.id());
        canonical.add(entry.userId());
        canonical.add(entry.actorId());
        canonical.add(entry.action());
        canonical.add(entry.target());
        canonical.add(entry.ip());
        canonical.add(entry.userAgent());
        canonical.add(Long.toString(entry.at().toEpochMilli()));
        Map<String, String> details = new TreeMap<>(entry.details());
        canonical.add(Integer.toString(details.size()));
        details.forEach((name, value) -> {
            canonical.add(name);
            canonical.add(value);
        });
        return canonical.hash();
    }

    /** Fields one after the other as {@code <length in bytes>:<UTF-8>,}, an absent one as {@code -,}. */
    private static final class Canonical {

        private final MessageDigest digest;

        Canonical() {
            try {
                this.digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e); // every JDK has it
            }
        }

        void add(@Nullable Object field) {
            if (field == null) {
                digest.update(ascii("-,"));
                return;
            }
            byte[] bytes = field.toString().getBytes(StandardCharsets.UTF_8);
            digest.update(ascii(bytes.length + ":"));
            digest.update(bytes);
            digest.update(ascii(","));
        }

        String hash() {
            return HexFormat.of().formatHex(digest.digest());
        }

        private static byte[] ascii(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
    }
}
