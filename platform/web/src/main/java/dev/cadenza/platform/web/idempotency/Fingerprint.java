package dev.cadenza.platform.web.idempotency;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * SHA-256 of what a request asks for: its query, the type of its body and the body, as it streams by. Clients draw a new
 * boundary for every form, so that of a form does not count: what lies between the boundaries does, headers of parts
 * included.
 */
final class Fingerprint {

    private static final byte[] NONE = {};

    private final MessageDigest piece = sha256();
    private final MessageDigest whole = sha256();
    private final byte[] boundary;
    private final int[] fallbacks;
    private int matched;
    private int dashes = -1;
    private boolean ended;

    Fingerprint(ServerHttpRequest request) {
        MediaType type = type(request);
        String said =
                type == null || !"multipart".equalsIgnoreCase(type.getType()) ? null : type.getParameter("boundary");
        boundary =
                said == null ? NONE : ("\r\n--" + said.replaceAll("^\"|\"$", "")).getBytes(StandardCharsets.ISO_8859_1);
        // the first boundary needs no line break before it
        matched = Math.min(2, boundary.length);
        fallbacks = fallbacks(boundary);
        String query = request.getURI().getRawQuery();
        whole.update((type == null ? "" : type.getType() + "/" + type.getSubtype()).getBytes(StandardCharsets.UTF_8));
        whole.update(("\n" + (query == null ? "" : query) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable MediaType type(ServerHttpRequest request) {
        try {
            return request.getHeaders().getContentType();
        } catch (RuntimeException e) {
            // whoever reads the body will say what is wrong with it
            return null;
        }
    }

    /** The next bytes of the body. */
    void update(ByteBuffer bytes) {
        if (boundary.length == 0) {
            piece.update(bytes);
            return;
        }
        // where the bytes begin that belong to no boundary; says something only while nothing is matched
        int from = bytes.position();
        for (int i = bytes.position(); i < bytes.limit() && !ended; i++) {
            byte b = bytes.get(i);
            if (dashes >= 0) {
                dashes = b == '-' ? dashes + 1 : -1;
                ended = dashes == 2;
            }
            if (matched == 0) {
                if (b != boundary[0]) {
                    continue;
                }
                take(bytes, from, i);
                matched = 1;
            } else {
                while (matched > 0 && b != boundary[matched]) {
                    int shorter = fallbacks[matched - 1];
                    piece.update(boundary, 0, matched - shorter);
                    matched = shorter;
                }
                if (b != boundary[matched]) {
                    from = i;
                    continue;
                }
                matched++;
            }
            if (matched == boundary.length) {
                whole.update(piece.digest());
                matched = 0;
                dashes = 0;
                from = i + 1;
            }
        }
        if (matched == 0 && !ended) {
            take(bytes, from, bytes.limit());
        }
    }

    private void take(ByteBuffer bytes, int from, int to) {
        if (from < to) {
            piece.update(bytes.slice(from, to - from));
        }
    }

    /** Whether what follows is no part of what is asked for: the last boundary of a form is the end of it. */
    boolean isEnded() {
        return ended;
    }

    /** Of all of it; once. */
    byte[] finish() {
        if (!ended) {
            piece.update(boundary, 0, matched);
            whole.update(piece.digest());
        }
        return whole.digest();
    }

    private static int[] fallbacks(byte[] pattern) {
        int[] fallbacks = new int[pattern.length];
        int length = 0;
        for (int i = 1; i < pattern.length; i++) {
            while (length > 0 && pattern[i] != pattern[length]) {
                length = fallbacks[length - 1];
            }
            if (pattern[i] == pattern[length]) {
                length++;
            }
            fallbacks[i] = length;
        }
        return fallbacks;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
