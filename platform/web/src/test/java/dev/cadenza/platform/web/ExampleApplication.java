package dev.cadenza.platform.web;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import dev.cadenza.platform.core.identity.ClientOrigin;
import dev.cadenza.platform.web.media.MediaResponse;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.platform.web.security.OpenRoutes;
import dev.cadenza.platform.web.security.TokenlessRoutes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A service with a few routes in every dialect. */
@SpringBootApplication
class ExampleApplication {

    static final byte[] BYTES = "0123456789abcdefghij".getBytes(StandardCharsets.US_ASCII);
    static final Instant MODIFIED = Instant.parse("2026-01-02T03:04:05.678Z");

    @Bean
    OpenRoutes openRoutes() {
        return OpenRoutes.all(
                "/*/open/**", "/*/*/open/**", "/*/*/*/open/**", "/media-example", "/stored-example", "/upload-example");
    }

    @Bean
    TokenlessRoutes tokenlessRoutes() {
        return TokenlessRoutes.of("/api/v1/things/login");
    }

    /** The same routes below one path of each dialect. */
    @RestController
    @RequestMapping({
        "/api/v1/things",
        "/v1/ai/things",
        "/api/things",
        "/api/vocal/things",
        "/api/denoise/things",
        "/musewave/things"
    })
    static class ThingController {

        @GetMapping("/me")
        Mono<Map<String, Object>> me(Caller caller) {
            return Mono.just(Map.of("id", caller.id(), "number", caller.number(), "admin", caller.isAdmin()));
        }

        @GetMapping("/open/maybe")
        Mono<Map<String, Object>> maybe(Optional<Caller> caller) {
            return Mono.just(Map.of("username", caller.map(Caller::username).orElse("nobody")));
        }

        @GetMapping("/account")
        Mono<Map<String, Object>> account(Caller caller) {
            return Mono.fromSupplier(() -> Map.of(
                    "session", String.valueOf(caller.session()),
                    "key", String.valueOf(caller.key()),
                    "scopes", caller.scopes() == null ? "none" : caller.scopes(),
                    "account", caller.mayUseAccount()));
        }

        @GetMapping("/password")
        Mono<String> password(Caller caller) {
            return Mono.fromSupplier(() -> caller.requireAccountUse().username());
        }

        @GetMapping("/open/origin")
        Mono<Map<String, Object>> origin(ClientOrigin origin) {
            return Mono.deferContextual(context -> Mono.just(Map.of(
                    "ip", origin.ip(),
                    "user_agent", origin.userAgent(),
                    "in_context", context.get(ClientOrigin.class).equals(origin))));
        }

        @GetMapping("/login")
        Mono<Map<String, Object>> login(Optional<Caller> caller) {
            return Mono.just(Map.of("anonymous", caller.isEmpty()));
        }

        @GetMapping("/open/number/{number}")
        Mono<Long> number(@PathVariable long number) {
            return Mono.just(number);
        }

        @GetMapping("/open/id/{id}")
        Mono<UUID> id(@PathVariable UUID id, @RequestParam(required = false) @Nullable UUID other) {
            return Mono.just(other == null ? id : other);
        }

        @PostMapping("/open/texts")
        Mono<Texts> texts(@RequestBody Texts body) {
            return Mono.just(body);
        }

        @PostMapping("/open/body")
        Mono<Map<String, String>> body(@RequestBody Map<String, String> body) {
            return Mono.just(body);
        }

        @PostMapping("/open/upload")
        Mono<Map<String, Object>> upload(ServerWebExchange exchange) {
            return exchange.getMultipartData()
                    .map(parts -> {
                        if (parts.getFirst("file") instanceof FilePart file) {
                            return file;
                        }
                        throw Failure.invalid(List.of(Violation.of("file", "File is required.")));
                    })
                    .flatMap(file -> Uploads.withFile(
                            file,
                            DataSize.ofMegabytes(10),
                            spooled -> Mono.just(Map.of("filename", spooled.filename(), "size", spooled.size()))));
        }

        @GetMapping("/open/missing")
        Mono<Void> missing() {
            return Mono.error(Failure.notFound("thing.not_found", "There is no such thing."));
        }

        @GetMapping("/open/invalid")
        Mono<Void> invalid() {
            return Mono.error(Failure.invalid(List.of(
                    new Violation("tempo", "Tempo is out of range.", 900, "40-240"),
                    Violation.of("title", "Title is required."))));
        }

        @GetMapping("/open/broken")
        Mono<Void> broken() {
            return Mono.error(new IllegalStateException("secret detail"));
        }

        @GetMapping("/open/away")
        Mono<Void> away() {
            return Mono.error(Failure.unavailable("store.unavailable", "Try again soon.", 7));
        }
    }

    record Texts(
            @Nullable String one,
            @Nullable List<String> many,
            @Nullable Integer howMany) {}

    /** For other services. */
    @RestController
    static class InternalController {

        @GetMapping("/internal/things")
        Mono<InternalThing> things() {
            return Mono.just(new InternalThing("things"));
        }

        record InternalThing(String name) {}
    }

    /** Bytes with ranges, and an upload. */
    @RestController
    static class MediaController {

        @RequestMapping(
                path = "/media-example",
                method = {RequestMethod.GET, RequestMethod.HEAD})
        Mono<Void> media(ServerWebExchange exchange) {
            var media = new MediaResponse.Media(BYTES.length, "tag", "audio/mpeg", MODIFIED, "a \"b\".mp3", true);
            return MediaResponse.write(
                    exchange, media, (offset, length) -> Flux.just(ByteBuffer.wrap(BYTES, (int) offset, (int) length)));
        }

        @RequestMapping(
                path = "/stored-example",
                method = {RequestMethod.GET, RequestMethod.HEAD})
        Mono<Void> stored(ServerWebExchange exchange) {
            var media = new MediaResponse.Media(StoredExample.SIZE, "tag", "audio/mpeg", MODIFIED, null, true);
            return MediaResponse.write(exchange, media, StoredExample::new);
        }

        @PostMapping("/upload-example")
        Mono<Map<String, Object>> upload(@RequestPart("file") FilePart file) {
            return Uploads.withFile(
                    file,
                    DataSize.ofKilobytes(100),
                    spooled -> Mono.just(Map.of("filename", spooled.filename(), "size", spooled.size())));
        }
    }
}
