package dev.cadenza.auth.mail.messaging;

import dev.cadenza.auth.mail.Postman;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Mail over SMTP; sending blocks, so it has threads of its own. */
@Component
class SmtpPostman implements Postman, AutoCloseable {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();
    private static final int THREADS = 2;
    private static final int WAITING = 100;

    private final JavaMailSender sender;
    private final Scheduler threads = Schedulers.newBoundedElastic(THREADS, WAITING, "mail");

    SmtpPostman(JavaMailSender sender) {
        this.sender = sender;
    }

    @Override
    public Mono<Void> deliver(Letter letter) {
        return Mono.<Void>fromCallable(() -> {
                    sender.send(message(letter));
                    return null;
                })
                .subscribeOn(threads);
    }

    /** Whatever Jakarta Mail would make of chance or of the clock is set here. */
    private MimeMessage message(Letter letter) throws MessagingException {
        MimeMessage message = sender.createMimeMessage();
        message.setHeader("Message-ID", "<" + letter.id() + ">");
        message.setHeader(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(letter.date().atOffset(ZoneOffset.UTC)));
        message.setFrom(new InternetAddress(letter.from(), true));
        message.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress(letter.to(), true));
        message.setSubject(letter.subject(), UTF_8);
        message.setHeader("Auto-Submitted", "auto-generated");
        MimeBodyPart text = new MimeBodyPart();
        text.setText(letter.text(), UTF_8, "plain");
        MimeBodyPart html = new MimeBodyPart();
        html.setText(letter.html(), UTF_8, "html");
        message.setContent(new Alternatives("=_" + letter.id().replace('@', '_'), text, html));
        return message;
    }

    @Override
    public void close() {
        threads.dispose();
    }

    /** Of which a reader shows the last that it can; with a boundary that is always the same. */
    private static final class Alternatives extends MimeMultipart {

        Alternatives(String boundary, MimeBodyPart... parts) throws MessagingException {
            super("alternative", parts);
            ContentType type = new ContentType(contentType);
            type.setParameter("boundary", boundary);
            contentType = type.toString();
        }
    }
}
