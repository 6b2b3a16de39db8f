package dev.cadenza.platform.web.drf;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.codec.DecodingException;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.codec.multipart.FormFieldPart;
import org.springframework.http.codec.multipart.Part;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import reactor.core.publisher.Mono;

/** Bodies as clients of Django send them: JSON, a form, or a form with files, whichever they like. */
public final class DrfBodies {

    private static final ParameterizedTypeReference<Object> ANYTHING = new ParameterizedTypeReference<>() {};

    private final ServerCodecConfigurer codecs;

    /** JSON is read with these. */
    public DrfBodies(ServerCodecConfigurer codecs) {
        this.codecs = codecs;
    }

    /** The fields; none where there is no body. */
    public Mono<DrfFields> of(ServerWebExchange exchange) {
        MediaType type = exchange.getRequest().getHeaders().getContentType();
        if (type != null && type.isCompatibleWith(MediaType.APPLICATION_FORM_URLENCODED)) {
            return exchange.getFormData().map(form -> new DrfFields(new HashMap<>(form.toSingleValueMap()), Map.of()));
        }
        if (type != null && type.isCompatibleWith(MediaType.MULTIPART_FORM_DATA)) {
            // the exchange's own form: its parts leave the disk with the exchange, those that nobody wants too
            return exchange.getMultipartData()
                    .onErrorMap(
                            error -> error instanceof DecodingException || error instanceof ServerWebInputException,
                            error -> tooLarge(error) ? error : unreadable("Multipart form parse error - Invalid form."))
                    .map(DrfBodies::fields);
        }
        if (type != null && !type.isCompatibleWith(MediaType.APPLICATION_JSON)) {
            return Mono.error(new Failure.UnsupportedMedia(
                            "request.unsupported_media", "Unsupported media type \"" + type + "\" in request.")
                    .asException());
        }
        return ServerRequest.create(exchange, codecs.getReaders())
                .bodyToMono(ANYTHING)
                .onErrorMap(
                        error -> error instanceof DecodingException || error instanceof ServerWebInputException,
                        error -> tooLarge(error)
                                ? error
                                : unreadable("JSON parse error - The body is not the JSON of an object."))
                .map(DrfBodies::object)
                .switchIfEmpty(Mono.fromSupplier(() -> new DrfFields(new HashMap<>(), Map.of())));
    }

    private static DrfFields fields(MultiValueMap<String, Part> parts) {
        Map<String, @Nullable Object> texts = new HashMap<>();
        Map<String, FilePart> files = new HashMap<>();
        parts.forEach((name, values) -> {
            if (values.getLast() instanceof FormFieldPart field) {
                texts.put(name, field.value());
            } else if (values.getLast() instanceof FilePart file) {
                files.put(name, file);
            }
        });
        return new DrfFields(texts, files);
    }

    private static DrfFields object(Object body) {
        if (!(body instanceof Map<?, ?> map)) {
            String kind =
                    switch (body) {
                        case List<?> list -> "list";
                        case String text -> "str";
                        case Boolean flag -> "bool";
                        case Double number -> "float";
                        default -> "int";
                    };
            throw Failure.invalid(List.of(
                    Violation.of("non_field_errors", "Invalid data. Expected a dictionary, but got " + kind + ".")));
        }
        Map<String, @Nullable Object> fields = new HashMap<>();
        map.forEach((name, value) -> fields.put(String.valueOf(name), value));
        return new DrfFields(fields, Map.of());
    }

    private static boolean tooLarge(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof org.springframework.core.io.buffer.DataBufferLimitException) {
                return true;
            }
        }
        return false;
    }

    private static Throwable unreadable(String message) {
        return Failure.unreadable("request.unreadable", message);
    }
}
