package dev.cadenza.gateway.docs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/**
 * A file as it is sent, plain and packed.
 *
 * @param type media type
 * @param packed the same with gzip
 * @param etag without quotes, of the plain bytes
 * @param maxAge seconds for which nobody needs to ask again; 0 to ask every time
 * @param policy of the browser, for what is a page; empty for what is none
 */
record Content(String type, byte[] plain, byte[] packed, String etag, int maxAge, String policy) {

    static Content of(String type, byte[] plain, int maxAge, String policy) {
        try {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(plain);
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(plain);
            String etag = HexFormat.of().formatHex(digest, 0, 12);
            return new Content(type, plain, packed.toByteArray(), etag, maxAge, policy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
