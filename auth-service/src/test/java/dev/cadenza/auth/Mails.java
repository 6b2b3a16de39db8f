package dev.cadenza.auth;

import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real SMTP server, one per JVM, and what arrived there. */
final class Mails {

    private static final Pattern VERIFY = Pattern.compile("/verify-email(?:\\?token=|/)([A-Za-z0-9_-]+)");
    private static final Pattern RESET = Pattern.compile("/reset-password/([A-Za-z0-9_-]+)/");

    private static GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static final int PORT;

    static {
        server.start();
        PORT = server.getSmtp().getPort();
    }

    private Mails() {}

    static int port() {
        return PORT;
    }

    static synchronized void stop() {
        server.stop();
    }

    static synchronized void start() {
        server = new GreenMail(new ServerSetup(PORT, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
    }

    /** Verification tokens of the mails to this address, oldest first. */
    static List<String> tokensFor(String address) {
        return tokensFor(address, VERIFY);
    }

    /** Tokens that set another password, oldest first. */
    static List<String> resetsFor(String address) {
        return tokensFor(address, RESET);
    }

    private static List<String> tokensFor(String address, Pattern link) {
        return to(address).stream()
                .map(message -> link.matcher(text(message)))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .toList();
    }

    /** The mails to this address, oldest first. */
    static synchronized List<MimeMessage> to(String address) {
        return Arrays.stream(server.getReceivedMessages())
                .filter(message -> recipients(message).equals(List.of(address)))
                .toList();
    }

    /** Subjects of the mails to this address, oldest first. */
    static List<String> subjectsFor(String address) {
        return to(address).stream().map(Mails::subject).toList();
    }

    /** What readers without HTML see. */
    static String text(MimeMessage message) {
        return part(message, 0);
    }

    /** What other readers see. */
    static String html(MimeMessage message) {
        return part(message, 1);
    }

    private static String part(MimeMessage message, int index) {
        try {
            return String.valueOf(
                    ((Multipart) message.getContent()).getBodyPart(index).getContent());
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> recipients(MimeMessage message) {
        try {
            return Arrays.stream(message.getAllRecipients())
                    .map(Address::toString)
                    .toList();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String subject(MimeMessage message) {
        try {
            return message.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The newest token that sets another password, once there are as many as this. */
    static String resetFor(String address, int mails) {
        await().atMost(Duration.ofSeconds(30)).until(() -> resetsFor(address).size() >= mails);
        return resetsFor(address).getLast();
    }

    /** The first mail's token, once it is there. */
    static String tokenFor(String address) {
        await().atMost(Duration.ofSeconds(30)).until(() -> !tokensFor(address).isEmpty());
        return tokensFor(address).getFirst();
    }
}
