package dev.cadenza.platform.web.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a request is known by. Answers may hold secrets (a new API key, say), so they are sealed with a key that is made of
 * the client's: who reads the database without knowing that reads nothing.
 *
 * @param name under which it is stored
 */
record RequestIdentity(String name, SecretKeySpec seal) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    static RequestIdentity of(UUID caller, String method, String path, String key) {
        String request = caller + "\n" + method + "\n" + path + "\n" + key;
        return new RequestIdentity(
                Base64.getUrlEncoder().withoutPadding().encodeToString(hash("request\n" + request)),
                new SecretKeySpec(hash("answer\n" + request), "AES"));
    }

    private static byte[] hash(String text) {
        return Fingerprint.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] sealed(byte[] answer) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        byte[] encrypted = crypt(Cipher.ENCRYPT_MODE, nonce, answer);
        byte[] sealed = Arrays.copyOf(nonce, NONCE + encrypted.length);
        System.arraycopy(encrypted, 0, sealed, NONCE, encrypted.length);
        return sealed;
    }

    byte[] opened(byte[] sealed) {
        return crypt(
                Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE), Arrays.copyOfRange(sealed, NONCE, sealed.length));
    }

    private byte[] crypt(int mode, byte[] nonce, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, seal, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
