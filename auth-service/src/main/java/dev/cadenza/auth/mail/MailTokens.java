package dev.cadenza.auth.mail;

import dev.cadenza.auth.secret.Deriving;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String token(UUID mail) {
        return deriving.derive("mail", mail.toString());
    }
}
