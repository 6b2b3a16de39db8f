package dev.cadenza.auth.mail;

import java.time.Instant;
import reactor.core.publisher.Mono;

/** The way to the owner of an address. */
public interface Postman {

    /** Completes when the mail server has accepted the letter. Equal letters are equal byte for byte. */
    Mono<Void> deliver(Letter letter);

    /**
     * A mail as it is read.
     *
     * @param id different for different mails
     * @param text for readers without HTML
     */
    record Letter(String id, Instant date, String from, String to, String subject, String text, String html) {

        public Letter {
            for (String header : new String[] {id, from, to, subject}) {
                if (header.chars().anyMatch(c -> Character.isISOControl(c))) {
                    throw new IllegalArgumentException("a control character in the head of a mail");
                }
            }
        }
    }
}
