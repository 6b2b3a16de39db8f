package dev.cadenza.auth.account.messaging;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.VerificationMail;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Mail over SMTP; sending blocks, so it has threads of its own. */
@Component
@EnableConfigurationProperties(MailSettings.class)
class SmtpVerificationMail implements VerificationMail, AutoCloseable {

    private static final int THREADS = 2;
    private static final int WAITING = 100;

    private final JavaMailSender sender;
    private final MailSettings settings;
    private final Scheduler threads = Schedulers.newBoundedElastic(THREADS, WAITING, "mail");

    SmtpVerificationMail(JavaMailSender sender, MailSettings settings) {
        this.sender = sender;
        this.settings = settings;
    }

    @Override
    public Mono<Void> send(Account account, String token, Duration validFor) {
        return Mono.<Void>fromCallable(() -> {
                    sender.send(message(account, token, validFor));
                    return null;
                })
                .subscribeOn(threads);
    }

    private MimeMessage message(Account account, String token, Duration validFor) throws MessagingException {
        MimeMessage message = sender.createMimeMessage();
        MimeMessageHelper mail = new MimeMessageHelper(message, StandardCharsets.UTF_8.name());
        mail.setFrom(settings.from());
        mail.setTo(account.email());
        mail.setSubject("Confirm your e-mail address");
        mail.setText("""
                Hello %s,

                please confirm that this is your e-mail address:

                %s

                The link works once, within %d hours. If you have not registered, ignore this mail.
                """.formatted(
                        account.handle(),
                        settings.verificationLink().replace("{token}", token),
                        Math.max(1, validFor.toHours())));
        return message;
    }

    @Override
    public void close() {
        threads.dispose();
    }
}
