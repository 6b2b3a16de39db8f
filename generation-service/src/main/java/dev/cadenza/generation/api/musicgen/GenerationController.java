package dev.cadenza.generation.api.musicgen;

import dev.cadenza.generation.generation.CancelGeneration;
import dev.cadenza.generation.generation.FindGeneration;
import dev.cadenza.generation.generation.GenerationOrder;
import dev.cadenza.generation.generation.GenerationStatus;
import dev.cadenza.generation.generation.ListGenerations;
import dev.cadenza.generation.generation.RequestGeneration;
import dev.cadenza.generation.generation.RetryGeneration;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.web.MusicgenEnvelope;
import dev.cadenza.platform.web.security.Caller;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Sections 1.1 and 2 of the document: asking for a song, and what becomes of it. */
@RestController
class GenerationController {

    private static final List<String> ORDERS = List.of("asc", "desc");

    private final RequestGeneration request;
    private final FindGeneration find;
    private final ListGenerations list;
    private final CancelGeneration cancel;
    private final RetryGeneration retry;
    private final DownloadUrls urls;
    private final Clock clock;

    GenerationController(
            RequestGeneration request,
            FindGeneration find,
            ListGenerations list,
            CancelGeneration cancel,
            RetryGeneration retry,
            DownloadUrls urls,
            Clock clock) {
        this.request = request;
        this.find = find;
        this.list = list;
        this.cancel = cancel;
        this.retry = retry;
        this.urls = urls;
        this.clock = clock;
    }

    @PostMapping(path = "/v1/ai/generate", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    Mono<MusicgenEnvelope<GenerationJson.Accepted>> generate(
            @RequestBody JsonNode body, Caller caller, ServerWebExchange exchange) {
        // exact in JavaScript, so that a client can send it again
        long anySeed = Ids.next().getLeastSignificantBits() & 0xFFFF_FFFFL;
        return request.request(caller.id(), GenerateRequest.read(body, anySeed))
                .map(standing -> enveloped(
                        GenerationJson.Accepted.of(standing), "Music generation queued successfully", exchange));
    }

    @GetMapping("/v1/ai/generations/{id}")
    Mono<MusicgenEnvelope<GenerationJson.Status>> status(
            @PathVariable String id, Caller caller, ServerWebExchange exchange) {
        return find.find(id, caller.id())
                .map(standing -> enveloped(
                        GenerationJson.Status.of(standing, urls, clock.instant()),
                        "Generation status retrieved successfully",
                        exchange));
    }

    @GetMapping("/v1/ai/generations")
    Mono<MusicgenEnvelope<GenerationJson.Listing>> list(
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String offset,
            @RequestParam(name = "sort_by", required = false) @Nullable String sortBy,
            @RequestParam(name = "sort_order", required = false) @Nullable String sortOrder,
            Caller caller,
            ServerWebExchange exchange) {
        return list.list(
                        caller.id(),
                        status(status),
                        new GenerationOrder(field(sortBy), "asc".equals(word("sort_order", sortOrder, "desc", ORDERS))),
                        new Paging(number("offset", offset, 0, 0, 1_000_000_000), (int)
                                number("limit", limit, 20, 1, 100)))
                .map(listed -> enveloped(
                        GenerationJson.Listing.of(listed, urls), "Generations retrieved successfully", exchange));
    }

    @PostMapping("/v1/ai/generations/{id}/cancel")
    Mono<MusicgenEnvelope<GenerationJson.CancelledJson>> cancel(
            @PathVariable String id, Caller caller, ServerWebExchange exchange) {
        return cancel.cancel(id, caller.id())
                .map(done -> enveloped(
                        new GenerationJson.CancelledJson(
                                done.generation().state().publicId(),
                                done.before().word(),
                                done.generation().state().status().word(),
                                done.generation().state().job().finishedAt()),
                        "Generation cancelled successfully",
                        exchange));
    }

    @PostMapping("/v1/ai/generations/{id}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Mono<MusicgenEnvelope<GenerationJson.RetriedJson>> retry(
            @PathVariable String id, Caller caller, ServerWebExchange exchange) {
        return retry.retry(id, caller.id())
                .map(again -> enveloped(
                        new GenerationJson.RetriedJson(
                                id,
                                again.state().publicId(),
                                again.state().status().word()),
                        "Generation retry queued successfully",
                        exchange));
    }

    @GetMapping("/v1/ai/models")
    MusicgenEnvelope<ModelJson.Listing> models(Caller caller, ServerWebExchange exchange) {
        return enveloped(ModelJson.Listing.all(), "Models retrieved successfully", exchange);
    }

    private <T> MusicgenEnvelope<T> enveloped(T data, String message, ServerWebExchange exchange) {
        return MusicgenEnvelope.of(data, message, clock.instant(), exchange);
    }

    // ---- query parameters ----

    private static @Nullable GenerationStatus status(@Nullable String word) {
        if (word == null || word.isEmpty()) {
            return null;
        }
        return GenerationStatus.of(word)
                .orElseThrow(() -> invalid(
                        "status",
                        word,
                        Arrays.stream(GenerationStatus.values())
                                .map(GenerationStatus::word)
                                .collect(Collectors.joining(", "))));
    }

    private static GenerationOrder.Field field(@Nullable String word) {
        List<String> known = Arrays.stream(GenerationOrder.Field.values())
                .map(field -> field.name().toLowerCase(Locale.ROOT))
                .toList();
        return GenerationOrder.Field.valueOf(
                word("sort_by", word, "created_at", known).toUpperCase(Locale.ROOT));
    }

    private static String word(String name, @Nullable String word, String usual, List<String> known) {
        if (word == null || word.isEmpty()) {
            return usual;
        }
        if (!known.contains(word)) {
            throw invalid(name, word, String.join(", ", known));
        }
        return word;
    }

    private static long number(String name, @Nullable String text, long usual, long least, long most) {
        if (text == null || text.isEmpty()) {
            return usual;
        }
        if (text.matches("\\d{1,12}")) {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw invalid(name, text, least + "-" + most);
    }

    static FailureException invalid(String name, String value, String constraint) {
        return Failure.invalid(List.of(new Violation(
                name, "Invalid parameter: " + name + " must be of " + constraint, Fields.clean(value), constraint)));
    }
}
