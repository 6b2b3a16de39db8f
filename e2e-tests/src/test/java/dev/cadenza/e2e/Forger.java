package dev.cadenza.e2e;

import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes tokens that must not be believed, out of real ones of the running system.
 *
 * @param elsewhere address of a server of the forger's own
 */
record Forger(Platform platform, Account victim, String elsewhere) {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** All of them, each with its name for the report. */
    Map<String, String> tokens() throws GeneralSecurityException {
        JsonNode login = platform.anonymous()
                .post("/api/v1/auth/login", Map.of("email", victim.email(), "password", victim.password()))
                .expect(200)
                .data()
                .path("token");
        String valid = login.path("access_token").asString();
        String[] parts = valid.split("\\.", -1);
        ObjectNode claims =
                (ObjectNode) Api.JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        claims.putArray("roles").add("user").add("admin");
        String admin = claims.toString();
        String kid = Api.JSON
                .readTree(Base64.getUrlDecoder().decode(parts[0]))
                .path("kid")
                .asString();
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        KeyPair own = rsa.generateKeyPair();

        Map<String, String> all = new LinkedHashMap<>();
        for (String none : List.of("none", "None", "NONE", "")) {
            all.put("algorithm '" + none + "'", compact("{\"alg\":\"" + none + "\"}", admin, ""));
        }
        all.put("algorithm none with a signature", compact("{\"alg\":\"none\"}", admin, parts[2]));
        byte[] der = published(kid).getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----\n";
        Map.of("PEM", pem.getBytes(StandardCharsets.US_ASCII), "DER", der)
                .forEach((form, secret) -> all.put(
                        "HS256 with the public key in " + form,
                        hmac("{\"alg\":\"HS256\",\"kid\":\"" + kid + "\"}", admin, secret)));
        all.put("another key under the right id", rs256(own, header(kid, ""), admin));
        for (String odd :
                List.of("../../../../../dev/null", "/proc/sys/kernel/randomize_va_space", elsewhere, "' OR 1=1")) {
            all.put("key id " + odd, rs256(own, header(odd, ""), admin));
            all.put(
                    "HS256 with a zero byte, key id " + odd,
                    hmac("{\"alg\":\"HS256\",\"kid\":\"" + odd + "\"}", admin, new byte[1]));
        }
        all.put("jku", rs256(own, header("mine", ",\"jku\":\"" + elsewhere + "/jku\""), admin));
        all.put("jku, the right id", rs256(own, header(kid, ",\"jku\":\"" + elsewhere + "/jku\""), admin));
        all.put("x5u", rs256(own, header("mine", ",\"x5u\":\"" + elsewhere + "/x5u\""), admin));
        all.put("jwk", rs256(own, header("mine", ",\"jwk\":" + jwk((RSAPublicKey) own.getPublic())), admin));
        all.put(
                "an issuer of one's own",
                rs256(own, header(kid, ""), with(claims, "iss", elsewhere + "/realms/cadenza")));
        all.put("the internal issuer", rs256(own, header(kid, ""), with(claims, "iss", "cadenza-internal")));
        all.put("the internal issuer, its algorithm", es256(with(claims, "iss", "cadenza-internal")));
        all.put("other claims", parts[0] + "." + base64(admin) + "." + parts[2]);
        all.put("no signature", parts[0] + "." + parts[1] + ".");
        all.put("two parts", parts[0] + "." + parts[1]);
        all.put("a cut signature", valid.substring(0, valid.length() - 8));
        all.put("four parts", valid + "." + parts[2]);
        all.put("8 kB of claims", compact(header(kid, ""), "{\"x\":\"" + "x".repeat(8_000) + "\"}", parts[2]));
        all.put("no token", "undefined");
        // real ones, meant for something else
        all.put("the refresh token", login.path("refresh_token").asString());
        JsonNode other = grant("cadenza", victim.username(), victim.password());
        all.put("another audience", other.path("access_token").asString());
        all.put("an ID token", other.path("id_token").asString());
        all.put(
                "another realm",
                grant("master", platform.secret("keycloak.admin.username"), platform.secret("keycloak.admin.password"))
                        .path("access_token")
                        .asString());
        all.put("the gateway's own", internal());
        return all;
    }

    private static String header(String kid, String more) {
        return "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + kid + "\"" + more + "}";
    }

    private static String with(ObjectNode claims, String name, String value) {
        return claims.deepCopy().put(name, value).toString();
    }

    private PublicKey published(String kid) throws GeneralSecurityException {
        for (JsonNode key : platform.anonymous()
                .get(keycloak("cadenza") + "/certs")
                .expect(200)
                .json()
                .path("keys")) {
            if (key.path("kid").asString().equals(kid)) {
                return KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(number(key.path("n")), number(key.path("e"))));
            }
        }
        throw new AssertionError("Keycloak does not publish " + kid);
    }

    private static BigInteger number(JsonNode base64) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(base64.asString()));
    }

    private static String jwk(RSAPublicKey key) {
        return "{\"kty\":\"RSA\",\"n\":\""
                + BASE64.encodeToString(key.getModulus().toByteArray()) + "\",\"e\":\"AQAB\"}";
    }

    private String keycloak(String realm) {
        return "http://localhost:" + platform.port(90) + "/realms/" + realm + "/protocol/openid-connect";
    }

    private JsonNode grant(String realm, String username, String password) {
        String form = "grant_type=password&client_id=admin-cli&scope=openid&username="
                + URLEncoder.encode(username, StandardCharsets.UTF_8) + "&password="
                + URLEncoder.encode(password, StandardCharsets.UTF_8);
        return platform.anonymous()
                .postText(keycloak(realm) + "/token", "application/x-www-form-urlencoded", form)
                .expect(200)
                .json();
    }

    /** What the gateway shows the services is nothing that it takes from outside. */
    private String internal() {
        String key = victim.api()
                .post("/api/v1/api-keys", Map.of("name", "mine", "scopes", List.of("tracks:read")))
                .expect(201)
                .data()
                .path("secret")
                .asString();
        return platform.anonymous()
                .post("http://localhost:" + platform.port(81) + "/internal/exchange", Map.of("api_key", key))
                .expect(200)
                .json()
                .path("token")
                .asString();
    }

    private static String rs256(KeyPair keys, String header, String claims) throws GeneralSecurityException {
        return signed("SHA256withRSA", keys.getPrivate(), header, claims);
    }

    private static String es256(String claims) throws GeneralSecurityException {
        KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
        curve.initialize(new ECGenParameterSpec("secp256r1"));
        return signed(
                "SHA256withECDSAinP1363Format",
                curve.generateKeyPair().getPrivate(),
                "{\"alg\":\"ES256\",\"typ\":\"JWT\"}",
                claims);
    }

    private static String signed(String algorithm, PrivateKey key, String header, String claims)
            throws GeneralSecurityException {
        String text = base64(header) + "." + base64(claims);
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + BASE64.encodeToString(signature.sign());
    }

    private static String hmac(String header, String claims, byte[] secret) {
        try {
            String text = base64(header) + "." + base64(claims);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return text + "." + BASE64.encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String compact(String header, String payload, String signature) {
        return base64(header) + "." + base64(payload) + "." + signature;
    }

    private static String base64(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
