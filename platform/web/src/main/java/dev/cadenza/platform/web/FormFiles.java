package dev.cadenza.platform.web;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.codec.multipart.FilePartEvent;
import reactor.core.publisher.Mono;

/** The files of one request: they go with it, however it ends, and none comes after that. */
final class FormFiles {

    private static final Logger LOG = LoggerFactory.getLogger(FormFiles.class);

    private final Path folder;
    private final List<FormFile> files = new ArrayList<>();
    private boolean ended;

    FormFiles(Path folder) {
        this.folder = folder;
    }

    /** Blocks. The lock is what keeps a file from being made behind the back of the end. */
    synchronized FormFile create(FilePartEvent part) throws IOException {
        if (ended) {
            throw new ClosedChannelException();
        }
        FormFile file = FormFile.create(part.name(), part.filename(), part.headers(), folder);
        files.add(file);
        return file;
    }

    /** What cannot be deleted is swept one day: no reason to answer anything else. */
    Mono<Void> end() {
        return Mono.<Void>fromRunnable(this::remove).subscribeOn(Uploads.DISK).onErrorResume(error -> {
            LOG.warn("Files of a form stay behind: {}", error.toString());
            return Mono.empty();
        });
    }

    private synchronized void remove() {
        ended = true;
        for (FormFile file : files) {
            try {
                file.remove();
            } catch (IOException e) {
                LOG.warn("A file of a form stays behind: {}", e.toString());
            }
        }
    }
}
