package dev.cadenza.platform.web.media;

import dev.cadenza.platform.core.Fetchable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Answers a request for stored bytes: whole, ranges (206), nothing changed (304), out of range (416), headers only.
 * Conditional requests and ranges as in RFC 9110 sections 13 and 14; several ranges at once as multipart/byteranges.
 */
public final class MediaResponse {

    private MediaResponse() {}

    /** Reads {@code length} bytes from {@code offset}. */
    @FunctionalInterface
    public interface Reader {
        /** The bytes, in order; the gateway fetches them itself where they are {@link Fetchable}. */
        Flux<ByteBuffer> read(long offset, long length);
    }

    /**
     * What is known of the bytes.
     *
     * @param etag without quotes
     * @param filename offered as an attachment under this name; null shows it inline
     * @param shared whether caches that serve several people may keep it: false for anything private
     */
    public record Media(
            long size,
            String etag,
            String contentType,
            Instant lastModified,
            @Nullable String filename,
            boolean shared) {}

    /** Whether the answer to {@code request} holds the first byte; not for 304 and 416, nor for HEAD. */
    public static boolean startsAtFirstByte(ServerHttpRequest request, Media media) {
        if (HttpMethod.HEAD.equals(request.getMethod()) || notModified(request, media)) {
            return false;
        }
        return switch (wish(request.getHeaders(), media)) {
            case ByteRange.Wish.Whole whole -> true;
            case ByteRange.Wish.Part part -> part.range().offset() == 0;
            case ByteRange.Wish.Parts parts -> parts.ranges().stream().anyMatch(range -> range.offset() == 0);
            case ByteRange.Wish.Unsatisfiable nothing -> false;
        };
    }

    /** The {@code Content-Disposition} (RFC 6266) of an attachment; null for what is shown inline. */
    public static @Nullable String disposition(Media media) {
        String filename = media.filename();
        return filename == null
                ? null
                : ContentDisposition.attachment()
                        .filename(filename, StandardCharsets.UTF_8)
                        .build()
                        .toString();
    }

    /** Writes the answer. */
    public static Mono<Void> write(ServerWebExchange exchange, Media media, Reader reader) {
        ServerHttpRequest request = exchange.getRequest();
        ServerHttpResponse response = exchange.getResponse();
        HttpHeaders headers = response.getHeaders();
        headers.set(HttpHeaders.ACCEPT_RANGES, "bytes");
        headers.setETag('"' + media.etag() + '"');
        headers.setLastModified(media.lastModified());
        headers.setCacheControl(media.shared() ? "public, max-age=0, must-revalidate" : "private, no-cache");
        if (notModified(request, media)) {
            response.setStatusCode(HttpStatus.NOT_MODIFIED);
            return response.setComplete();
        }
        headers.setContentType(MediaType.parseMediaType(media.contentType()));
        // uploaded bytes are never to be taken for a page
        headers.set("X-Content-Type-Options", "nosniff");
        if (media.filename() != null) {
            headers.set(HttpHeaders.CONTENT_DISPOSITION, disposition(media));
        }
        return switch (wish(request.getHeaders(), media)) {
            case ByteRange.Wish.Whole whole -> send(exchange, HttpStatus.OK, new ByteRange(0, media.size()), reader);
            case ByteRange.Wish.Part part -> {
                ByteRange range = part.range();
                headers.set(HttpHeaders.CONTENT_RANGE, range.contentRange(media.size()));
                yield send(exchange, HttpStatus.PARTIAL_CONTENT, range, reader);
            }
            case ByteRange.Wish.Parts parts -> sendParts(exchange, media, parts.ranges(), reader);
            case ByteRange.Wish.Unsatisfiable nothing -> {
                headers.set(HttpHeaders.CONTENT_RANGE, "bytes */" + media.size());
                headers.remove(HttpHeaders.CONTENT_TYPE);
                headers.remove(HttpHeaders.CONTENT_DISPOSITION);
                headers.setContentLength(0);
                response.setStatusCode(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE);
                yield response.setComplete();
            }
        };
    }

    private static Mono<Void> send(ServerWebExchange exchange, HttpStatus status, ByteRange range, Reader reader) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(status);
        response.getHeaders().setContentLength(range.length());
        if (HttpMethod.HEAD.equals(exchange.getRequest().getMethod()) || range.length() == 0) {
            return response.setComplete();
        }
        Flux<ByteBuffer> bytes = reader.read(range.offset(), range.length());
        Fetchable stored = HandOver.of(exchange.getRequest(), bytes, range);
        if (stored != null) {
            HandOver.write(response.getHeaders(), stored, range);
            return response.setComplete();
        }
        return FewAhead.write(response, bytes.map(response.bufferFactory()::wrap));
    }

    /** RFC 9110 section 14.6. */
    private static Mono<Void> sendParts(
            ServerWebExchange exchange, Media media, List<ByteRange> ranges, Reader reader) {
        ServerHttpResponse response = exchange.getResponse();
        String boundary = MimeTypeUtils.generateMultipartBoundaryString();
        List<byte[]> heads = new ArrayList<>();
        long length = 0;
        for (ByteRange range : ranges) {
            byte[] head = ((heads.isEmpty() ? "" : "\r\n") + "--" + boundary + "\r\nContent-Type: "
                            + media.contentType() + "\r\nContent-Range: " + range.contentRange(media.size())
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
            heads.add(head);
            length += head.length + range.length();
        }
        byte[] end = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.ISO_8859_1);
        response.setStatusCode(HttpStatus.PARTIAL_CONTENT);
        response.getHeaders().setContentType(new MediaType("multipart", "byteranges", Map.of("boundary", boundary)));
        response.getHeaders().setContentLength(length + end.length);
        if (HttpMethod.HEAD.equals(exchange.getRequest().getMethod())) {
            return response.setComplete();
        }
        Flux<ByteBuffer> body = Flux.range(0, ranges.size())
                .concatMap(
                        i -> Flux.concat(
                                Mono.just(ByteBuffer.wrap(heads.get(i))),
                                reader.read(
                                        ranges.get(i).offset(), ranges.get(i).length())),
                        0)
                .concatWith(Mono.just(ByteBuffer.wrap(end)));
        return FewAhead.write(response, body.map(response.bufferFactory()::wrap));
    }

    private static ByteRange.Wish wish(HttpHeaders request, Media media) {
        String ifRange = request.getFirst(HttpHeaders.IF_RANGE);
        if (ifRange != null && !ifRangeMatches(request, ifRange, media)) {
            return new ByteRange.Wish.Whole();
        }
        return ByteRange.parse(request.getFirst(HttpHeaders.RANGE), media.size());
    }

    private static boolean ifRangeMatches(HttpHeaders request, String ifRange, Media media) {
        if (ifRange.startsWith("\"")) {
            return ifRange.equals('"' + media.etag() + '"');
        }
        if (ifRange.startsWith("W/")) {
            return false;
        }
        try {
            long date = request.getFirstDate(HttpHeaders.IF_RANGE);
            return date == seconds(media.lastModified());
        } catch (IllegalArgumentException e) {
            return false; // no date: RFC 9110 13.1.5 treats the condition as false
        }
    }

    private static boolean notModified(ServerHttpRequest whole, Media media) {
        HttpHeaders request = whole.getHeaders();
        if (!HttpMethod.GET.equals(whole.getMethod()) && !HttpMethod.HEAD.equals(whole.getMethod())) {
            return false; // what a client has kept is an answer to these alone
        }
        String tags = request.getFirst(HttpHeaders.IF_NONE_MATCH);
        if (tags != null) {
            String own = '"' + media.etag() + '"';
            for (String tag : tags.split(",", -1)) {
                String candidate = tag.strip();
                if (candidate.equals("*") || candidate.equals(own) || candidate.equals("W/" + own)) {
                    return true;
                }
            }
            return false;
        }
        try {
            long since = request.getIfModifiedSince();
            return since >= 0 && seconds(media.lastModified()) <= since;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static long seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toEpochMilli();
    }
}
