package dev.cadenza.platform.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.codec.multipart.FilePart;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An uploaded file, on disk whatever its size: everybody wants it as a file. */
final class FormFile implements FilePart {

    private static final int BUFFER = 16 * 1024;

    private final String name;
    private final String filename;
    private final HttpHeaders headers;
    private final Path path;
    private final FileChannel channel;
    private long size;

    private FormFile(String name, String filename, HttpHeaders headers, Path path, FileChannel channel) {
        this.name = name;
        this.filename = filename;
        this.headers = headers;
        this.path = path;
        this.channel = channel;
    }

    static FormFile create(String name, String filename, HttpHeaders headers, Path folder) throws IOException {
        Path path = Files.createTempFile(folder, Uploads.PREFIX, ".part");
        try {
            return new FormFile(name, filename, headers, path, FileChannel.open(path, StandardOpenOption.WRITE));
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** Blocks. */
    void append(DataBuffer content) throws IOException {
        size += content.readableByteCount();
        try (DataBuffer.ByteBufferIterator buffers = content.readableByteBuffers()) {
            while (buffers.hasNext()) {
                var buffer = buffers.next();
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
        }
    }

    /** That was all of it. */
    void close() throws IOException {
        channel.close();
    }

    /** Blocks; whoever still writes fails. */
    void remove() throws IOException {
        try {
            channel.close();
        } finally {
            Files.deleteIfExists(path);
        }
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String filename() {
        return filename;
    }

    @Override
    public HttpHeaders headers() {
        return headers;
    }

    @Override
    public Flux<DataBuffer> content() {
        return DataBufferUtils.read(path, DefaultDataBufferFactory.sharedInstance, BUFFER);
    }

    @Override
    public Mono<Void> transferTo(Path destination) {
        return Mono.fromCallable(() -> Files.copy(path, destination, StandardCopyOption.REPLACE_EXISTING))
                .subscribeOn(Uploads.DISK)
                .then();
    }

    @Override
    public Mono<Void> delete() {
        return Mono.<Void>fromRunnable(() -> {
                    try {
                        remove();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .subscribeOn(Uploads.DISK);
    }
}
