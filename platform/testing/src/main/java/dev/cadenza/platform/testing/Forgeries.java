package dev.cadenza.platform.testing;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.EncryptedJWT;
import dev.cadenza.platform.testing.TestIssuer.Token;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens that must not be believed, each with a name for the test's report: everything that attackers try on a JWT, and
 * tokens of {@link TestIssuer} that are meant for something else.
 */
public final class Forgeries {

    private final UUID id;
    private final String username;
    private final String elsewhere;
    private final Map<String, String> all = new LinkedHashMap<>();

    private Forgeries(UUID id, String username, String elsewhere) {
        this.id = id;
        this.username = username;
        this.elsewhere = elsewhere;
    }

    /**
     * All of them.
     *
     * @param id whom they claim to be
     * @param elsewhere address of a server of the attacker's, which nobody may ask
     */
    public static Map<String, String> of(UUID id, String username, String elsewhere) {
        Forgeries forgeries = new Forgeries(id, username, elsewhere);
        try {
            forgeries.algorithms();
            forgeries.keys();
            forgeries.meanings();
            forgeries.shapes();
        } catch (JOSEException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return forgeries.all;
    }

    private Token token() {
        return TestIssuer.token(id, username).roles("user", "admin");
    }

    private String foreign(Token token) {
        return token.sign(JWSAlgorithm.RS256, TestIssuer.signer(TestIssuer.foreignKey()));
    }

    private void algorithms() throws JOSEException, GeneralSecurityException {
        String valid = token().sign();
        String signature = valid.substring(valid.lastIndexOf('.') + 1);
        all.put("no algorithm", token().unsigned());
        for (String none : List.of("None", "NONE", "nOnE", "")) {
            all.put("algorithm '" + none + "'", compact("{\"alg\":\"" + none + "\"}", claims(), ""));
        }
        all.put("no algorithm, but a signature", compact("{\"alg\":\"none\"}", claims(), signature));
        RSAKey known = TestIssuer.publicKey();
        byte[] der = known.toRSAPublicKey().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----";
        Map<String, byte[]> secrets = new LinkedHashMap<>();
        secrets.put("the public key in PEM", pem.getBytes(StandardCharsets.US_ASCII));
        secrets.put("the public key in PEM and a line feed", (pem + "\n").getBytes(StandardCharsets.US_ASCII));
        secrets.put("the public key in DER", der);
        secrets.put("the public key as JWK", known.toJSONString().getBytes(StandardCharsets.US_ASCII));
        secrets.put("a zero byte", new byte[1]);
        for (Map.Entry<String, byte[]> secret : secrets.entrySet()) {
            String header = "{\"alg\":\"HS256\",\"kid\":\"" + known.getKeyID() + "\"}";
            all.put("HS256 with " + secret.getKey(), hmac(header, secret.getValue()));
        }
        all.put("RS512 with the right key", token().sign(JWSAlgorithm.RS512, TestIssuer.signer()));
        all.put("PS256 with the right key", token().sign(JWSAlgorithm.PS256, TestIssuer.signer()));
        String zeros = Base64URL.encode(new byte[64]).toString();
        all.put("ES256 with a signature of zeros", compact("{\"alg\":\"ES256\"}", internalClaims(), zeros));
    }

    private void keys() throws JOSEException, GeneralSecurityException {
        String known = TestIssuer.publicKey().getKeyID();
        all.put("a foreign key under the right id", foreign(token()));
        all.put("a foreign key without an id", foreign(token().header("kid", null)));
        all.put(
                "a foreign key of an unknown id",
                foreign(token().header("kid", UUID.randomUUID().toString())));
        for (String kid : List.of(
                "../../../../../../dev/null",
                "/proc/sys/kernel/randomize_va_space",
                "' UNION SELECT 'k' -- ",
                elsewhere)) {
            all.put("key id " + kid, foreign(token().header("kid", kid)));
            all.put("HS256 and key id " + kid, hmac("{\"alg\":\"HS256\",\"kid\":\"" + kid + "\"}", new byte[1]));
        }
        RSAKey foreign = TestIssuer.foreignKey();
        Map<String, Object> embedded = foreign.toPublicJWK().toJSONObject();
        for (String kid : new String[] {known, "elsewhere"}) {
            all.put("jku, " + kid, foreign(token().header("kid", kid).header("jku", elsewhere + "/jku")));
            all.put("x5u, " + kid, foreign(token().header("kid", kid).header("x5u", elsewhere + "/x5u")));
            all.put("jwk, " + kid, foreign(token().header("kid", kid).header("jwk", embedded)));
        }
        all.put(
                "the realm's issuer, the internal key",
                token().internal().claim("iss", TestIssuer.issuer()).sign());
        all.put(
                "the internal issuer, the realm's key",
                token().claim("iss", TestIssuer.INTERNAL).sign(JWSAlgorithm.RS256, TestIssuer.signer()));
    }

    private void meanings() {
        String other = TestIssuer.issuer().replace("/realms/test", "/realms/master");
        Map<String, Object> issuers = new LinkedHashMap<>();
        issuers.put("another realm", other);
        issuers.put("a slash too many", TestIssuer.issuer() + "/");
        issuers.put("upper case", TestIssuer.issuer().toUpperCase(java.util.Locale.ROOT));
        issuers.put("somebody else", elsewhere);
        issuers.put("nothing", "");
        issuers.forEach((name, issuer) ->
                all.put("issuer: " + name, token().claim("iss", issuer).sign(JWSAlgorithm.RS256, TestIssuer.signer())));
        all.put("no issuer", token().claim("iss", null).sign(JWSAlgorithm.RS256, TestIssuer.signer()));
        all.put("no audience", token().claim("aud", null).sign());
        for (Object audience : List.of("account", "cadenza-admin", "CADENZA", "", List.of("veza", "account"))) {
            all.put("audience " + audience, token().claim("aud", audience).sign());
        }
        all.put("expired", token().lasting(Duration.ofHours(-1)).sign());
        all.put("never expires", token().claim("exp", null).sign());
        all.put(
                "not valid yet",
                token().claim("nbf", Date.from(Instant.now().plusSeconds(3_600)))
                        .sign());
        for (String type : List.of("ID", "Refresh", "Offline", "Logout")) {
            all.put("a token of type " + type, token().claim("typ", type).sign());
        }
        all.put(
                "an ID token",
                token().claim("aud", "veza")
                        .claim("typ", "ID")
                        .claim("nonce", "n")
                        .sign());
        all.put("nobody", token().claim("sub", null).sign());
        all.put("no user's id", token().claim("sub", "service-account-x").sign());
        all.put(
                "a service account",
                token().claim("number", null)
                        .claim("preferred_username", "service-account-x")
                        .sign());
    }

    private void shapes() throws JOSEException, GeneralSecurityException {
        String valid = token().sign();
        String[] parts = valid.split("\\.");
        String header = parts[0];
        String payload = parts[1];
        String signature = parts[2];
        all.put("another payload", header + "." + base64(claims().replace("\"user\"", "\"root\"")) + "." + signature);
        all.put("no signature", header + "." + payload + ".");
        all.put("two parts", header + "." + payload);
        all.put("four parts", valid + "." + signature);
        all.put(
                "the signature of another",
                header + "." + payload + "." + signatureOf(TestIssuer.user(id, 2, username)));
        all.put("a signature with a bit flipped", header + "." + payload + "." + flipped(signature));
        all.put(
                "an unknown critical header",
                foreign(token().header("crit", List.of("x")).header("x", 1)));
        all.put(
                "an unencoded payload",
                foreign(token().header("crit", List.of("b64")).header("b64", false)));
        all.put("a header that is an array", compact("[]", claims(), signature));
        all.put("a header twice", compact("{\"alg\":\"none\",\"alg\":\"RS256\"}", claims(), signature));
        all.put(
                "a payload that is text",
                compact(new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8), "hello", signature));
        String nested = "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000);
        all.put("a nested header", compact("{\"alg\":\"RS256\",\"x\":" + nested + "}", claims(), signature));
        all.put("a nested payload", compact("{\"alg\":\"RS256\"}", "{\"iss\":" + nested + "}", signature));
        for (String odd :
                List.of("{\"iss\":7}", "{\"iss\":[]}", "{\"iss\":null}", "{\"exp\":1e999}", "{\"aud\":7}", "{}")) {
            all.put("the payload " + odd, compact("{\"alg\":\"RS256\"}", odd, signature));
        }
        EncryptedJWT encrypted =
                new EncryptedJWT(new JWEHeader(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A128GCM), token().claims());
        encrypted.encrypt(new RSAEncrypter(TestIssuer.publicKey()));
        all.put("an encrypted token", encrypted.serialize());
        all.put("a long token", compact("{\"alg\":\"RS256\"}", "{\"x\":\"" + "x".repeat(20_000) + "\"}", signature));
        all.put("64 kB", token().claim("x", "x".repeat(48_000)).sign());
        all.put("no token at all", "undefined");
        all.put("a dot", ".");
        all.put("two dots", "..");
    }

    private static String signatureOf(String token) {
        return token.substring(token.lastIndexOf('.') + 1);
    }

    private static String flipped(String signature) {
        byte[] bytes = Base64.getUrlDecoder().decode(signature);
        bytes[0] ^= 1;
        return Base64URL.encode(bytes).toString();
    }

    private String claims() {
        return token().claims().toString();
    }

    private String internalClaims() {
        return token().internal().claims().toString();
    }

    private String hmac(String header, byte[] secret) throws GeneralSecurityException {
        String signed = base64(header) + "." + base64(claims());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return signed + "." + Base64URL.encode(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String compact(String header, String payload, String signature) {
        return base64(header) + "." + base64(payload) + "." + signature;
    }

    private static String base64(String text) {
        return Base64URL.encode(text).toString();
    }
}
