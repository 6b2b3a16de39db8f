package dev.cadenza.auth;

import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real SMTP server, one per JVM, and what arrived there. */
final class Mails {

    private static final Pattern TOKEN = Pattern.compile("verify-email\\?token=([A-Za-z0-9_-]+)");

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

    /** Tokens of the mails to this address, oldest first. */
    static synchronized List<String> tokensFor(String address) {
        List<String> tokens = new ArrayList<>();
        try {
            for (MimeMessage message : server.getReceivedMessages()) {
                boolean ours = Arrays.stream(message.getAllRecipients())
                        .map(Address::toString)
                        .anyMatch(address::equals);
                Matcher matcher = TOKEN.matcher(String.valueOf(message.getContent()));
                if (ours && matcher.find()) {
                    tokens.add(matcher.group(1));
                }
            }
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
        return tokens;
    }

    /** The only mail's token, once it is there. */
    static String tokenFor(String address) {
        await().atMost(Duration.ofSeconds(30)).until(() -> !tokensFor(address).isEmpty());
        return tokensFor(address).getFirst();
    }
}
