package dev.cadenza.launcher.infra;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The mails that arrived: one file each, {@code <id>.eml}, so that they outlive the process. */
final class Mails {

    /** More than this many are never kept; the oldest go first. */
    private static final int LIMIT = 5_000;

    private static final String SUFFIX = ".eml";
    private static final String RECIPIENT = "Delivered-To";
    private static final Session SESSION = Session.getInstance(new Properties());

    private final Path folder;
    private final AtomicLong lastId = new AtomicLong();
    /** id to recipient in lower case */
    private final ConcurrentSkipListMap<String, String> recipients = new ConcurrentSkipListMap<>();

    Mails(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(SUFFIX)) {
                    String id = name.substring(0, name.length() - SUFFIX.length());
                    recipients.put(id, recipient(file));
                } else {
                    Files.delete(file); // half written when the process was killed, so never acknowledged
                }
            }
        }
    }

    /** Keeps a mail; it is on disk when this returns. */
    void add(String recipient, MimeMessage message) throws IOException, MessagingException {
        String id = nextId();
        Path part = folder.resolve(id + ".part");
        try (OutputStream out = Files.newOutputStream(part)) {
            String line = RECIPIENT + ": " + recipient.replaceAll("\\s", "") + "\r\n";
            out.write(line.getBytes(StandardCharsets.UTF_8));
            message.writeTo(out);
        }
        Files.move(part, file(id), StandardCopyOption.ATOMIC_MOVE);
        recipients.put(id, recipient.toLowerCase(Locale.ROOT));
        while (recipients.size() > LIMIT) {
            Map.Entry<String, String> oldest = recipients.pollFirstEntry();
            if (oldest != null) {
                Files.deleteIfExists(file(oldest.getKey()));
            }
        }
    }

    /** Newest first. */
    List<Mail> newest(Optional<String> recipient, int limit) {
        Optional<String> wanted = recipient.map(address -> address.strip().toLowerCase(Locale.ROOT));
        return recipients.descendingMap().entrySet().stream()
                .filter(mail -> wanted.isEmpty() || wanted.get().equals(mail.getValue()))
                .limit(limit)
                .flatMap(mail -> find(mail.getKey()).stream())
                .toList();
    }

    Optional<Mail> find(String id) {
        if (!recipients.containsKey(id)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file(id))) {
            return Optional.of(read(id, new MimeMessage(SESSION, in)));
        } catch (IOException e) {
            return Optional.empty(); // removed by the limit, or by hand
        } catch (MessagingException e) {
            String why = "This mail cannot be read: " + e.getMessage();
            String to = recipients.getOrDefault(id, "");
            return Optional.of(new Mail(id, to, "", "(unreadable)", receivedAt(id), why, null));
        }
    }

    private Mail read(String id, MimeMessage message) throws MessagingException, IOException {
        Bodies bodies = new Bodies();
        bodies.collect(message, 0);
        String subject = message.getSubject();
        return new Mail(
                id,
                header(message, RECIPIENT),
                header(message, "From"),
                subject == null ? "" : subject,
                receivedAt(id),
                bodies.text.toString(),
                bodies.html.isEmpty() ? null : bodies.html.toString());
    }

    private static String header(MimeMessage message, String name) throws MessagingException, IOException {
        String[] values = message.getHeader(name);
        return values == null || values.length == 0 ? "" : MimeUtility.decodeText(values[0]);
    }

    private static String recipient(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip().toLowerCase(Locale.ROOT))
                    .orElse("");
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Microseconds since 1970, never the same twice. */
    private String nextId() {
        long now = System.currentTimeMillis() * 1_000;
        return "%016d".formatted(lastId.updateAndGet(last -> Math.max(last + 1, now)));
    }

    private static Instant receivedAt(String id) {
        return Instant.ofEpochMilli(Long.parseLong(id) / 1_000);
    }

    private Path file(String id) {
        return folder.resolve(id + SUFFIX);
    }

    /** The readable parts of a mail; attachments are left out. */
    private static final class Bodies {

        private static final int DEPTH = 8;

        private final StringBuilder text = new StringBuilder();
        private final StringBuilder html = new StringBuilder();

        void collect(Part part, int depth) throws MessagingException, IOException {
            Object content = part.getContent();
            if (content instanceof Multipart parts && depth < DEPTH) {
                for (int i = 0; i < parts.getCount(); i++) {
                    BodyPart inner = parts.getBodyPart(i);
                    if (!Part.ATTACHMENT.equalsIgnoreCase(inner.getDisposition())) {
                        collect(inner, depth + 1);
                    }
                }
            } else if (content instanceof String words) {
                (part.isMimeType("text/html") ? html : text).append(words);
            }
        }
    }
}
