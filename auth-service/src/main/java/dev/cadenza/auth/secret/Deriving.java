package dev.cadenza.auth.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.springframework.stereotype.Component;

/**
 * Derives text from {@code cadenza.auth.secret} (HKDF-SHA256): the same in every instance and after every crash, and
 * nobody without the secret can tell what it is.
 */
@Component
public class Deriving {

    private static final int BYTES = 32;

    private final byte[] secret;

    /** From this secret. */
    public Deriving(SecretSettings settings) {
        this.secret = settings.secret().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * URL-safe text of 256 bits.
     *
     * @param purpose what it is for
     * @param name what tells it from others of that purpose, such as an id
     */
    public String derive(String purpose, String name) {
        try {
            byte[] derived = KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(secret)
                            .thenExpand(("cadenza/" + purpose + "/" + name).getBytes(StandardCharsets.UTF_8), BYTES));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(derived);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
