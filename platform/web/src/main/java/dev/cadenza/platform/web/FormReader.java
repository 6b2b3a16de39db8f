package dev.cadenza.platform.web;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ResolvableType;
import org.springframework.http.codec.multipart.FilePartEvent;
import org.springframework.http.codec.multipart.FormPartEvent;
import org.springframework.http.codec.multipart.Part;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.http.codec.multipart.PartEventHttpMessageReader;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.CollectionUtils;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebInputException;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/**
 * Puts forms together from Spring's events of their parts, in place of Spring's own {@code PartGenerator}: that one makes
 * a part when all of it is there, on a thread where errors are dropped, so that a large file with an unreadable name is
 * never answered, and it forgets files where a client goes away between two of its states. Here a part's headers are
 * looked at before its bytes, and its file belongs to the request from the start.
 */
final class FormReader {

    private static final Logger LOG = LoggerFactory.getLogger(FormReader.class);
    private static final ResolvableType EVENT = ResolvableType.forClass(PartEvent.class);

    /**
     * Spring's reader tells of each error twice, and Reactor logs the second one with its trace: a log that clients could
     * fill.
     */
    private static final String DROPPED = "reactor.onErrorDropped.local";

    private static final Consumer<Throwable> IGNORED = error -> LOG.debug("told before: {}", error.toString());

    private final PartEventHttpMessageReader events;

    FormReader(PartEventHttpMessageReader events) {
        this.events = events;
    }

    /** The form, with its files among those of the request; reads it once for all that ask. */
    Mono<MultiValueMap<String, Part>> read(ServerHttpRequest request, FormFiles files) {
        return Mono.defer(() -> {
                    Assembly assembly = new Assembly(files);
                    WholeBody body = new WholeBody(request);
                    return events.read(EVENT, body, Map.of())
                            // what is being written is written: to break it off would be an error of its own
                            .concatMapDelayError(assembly::take, false, 1)
                            .collect(
                                    LinkedMultiValueMap<String, Part>::new, (form, part) -> form.add(part.name(), part))
                            .onErrorResume(error -> body.end().then(Mono.error(told(error))));
                })
                .<MultiValueMap<String, Part>>map(CollectionUtils::unmodifiableMultiValueMap)
                .contextWrite(context -> context.put(DROPPED, IGNORED))
                .cache();
    }

    /** The first of several errors; what comes out of Spring's classes of headers looks as if the fault were ours. */
    private static Throwable told(Throwable error) {
        Throwable first = Exceptions.unwrapMultipleExcludingTracebacks(error).getFirst();
        return first instanceof IllegalArgumentException || first instanceof IllegalStateException
                ? new ServerWebInputException("the form could not be read", null, first)
                : first;
    }

    /** One form in the making: its events come one after the other. */
    private static final class Assembly {

        private final FormFiles files;
        private @Nullable FormFile current;

        Assembly(FormFiles files) {
            this.files = files;
        }

        Mono<Part> take(PartEvent event) {
            return switch (event) {
                case FormPartEvent field -> Mono.just(new FormField(field.name(), field.headers(), field.value()));
                case FilePartEvent file ->
                    Mono.<Part>fromCallable(() -> write(file)).subscribeOn(Uploads.DISK);
                // neither text nor a file: nobody asks for it
                default -> Mono.empty();
            };
        }

        private @Nullable FormFile write(FilePartEvent event) throws IOException {
            FormFile file = current == null ? files.create(event) : current;
            file.append(event.content());
            current = event.isLast() ? null : file;
            if (event.isLast()) {
                file.close();
                return file;
            }
            return null;
        }
    }
}
