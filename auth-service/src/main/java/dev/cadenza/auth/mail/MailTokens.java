package dev.cadenza.auth.mail;

import dev.cadenza.auth.secret.Deriving;
import dev.cadenza.auth.secret.Sha256;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Tokens that prove that their bearer reads an address's mail. A mail's token is derived from the mail's id: it is
 * stored nowhere, and a mail that has to be sent again carries the same.
 */
@Component
public class MailTokens {

    private final Deriving deriving;

    MailTokens(Deriving deriving) {
        this.deriving = deriving;
    }

    /** What the causing aggregate stores to recognise the token; its 256 bits need no salt. */
    public String hashOf(UUID mail) {
        return hash(token(mail));
    }

    /** What is stored in place of a token. */
    public static String hash(String token) {
        return Sha256.hex(token);
    }

    String token(UUID mail) {
        return deriving.derive("mail", mail.toString());
    }
}
