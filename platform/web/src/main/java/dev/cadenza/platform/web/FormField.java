package dev.cadenza.platform.web;

import java.nio.charset.StandardCharsets;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.codec.multipart.FormFieldPart;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Text in a form. */
record FormField(String name, HttpHeaders headers, String value) implements FormFieldPart {

    @Override
    public Flux<DataBuffer> content() {
        return Mono.<DataBuffer>fromSupplier(
                        () -> DefaultDataBufferFactory.sharedInstance.wrap(value.getBytes(StandardCharsets.UTF_8)))
                .flux();
    }
}
