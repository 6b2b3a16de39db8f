package dev.cadenza.platform.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Issues access tokens as Keycloak's realm does, and as auth-service does for the gateway, and serves the keys that prove
 * them.
 */
public final class TestIssuer {

    /** Value of the {@code iss} claim of auth-service's own tokens. */
    public static final String INTERNAL = "cadenza-internal";

    private static final Duration LIFETIME = Duration.ofHours(1);

    private TestIssuer() {}

    /** Value of the {@code iss} claim of the realm. */
    public static String issuer() {
        return Running.ISSUER;
    }

    /** Where the realm's public key is. */
    public static String jwksUri() {
        return Running.ISSUER + "/certs";
    }

    /** Where the public key of auth-service's own tokens is. */
    public static String internalJwksUri() {
        return Running.ISSUER + "/internal";
    }

    /** How often somebody asked for keys, in this JVM. */
    public static int keyFetches() {
        return Running.FETCHES.get();
    }

    /** A valid token, one hour long. Without roles it carries {@code user}. */
    public static String user(UUID id, long number, String username, String... roles) {
        return token(id, username).number(number).roles(roles).sign();
    }

    /** Right in everything but its time, which ended an hour ago. */
    public static String expired(UUID id, String username) {
        return token(id, username).lasting(LIFETIME.negated()).sign();
    }

    /** Signed by this issuer, but for another audience. */
    public static String foreignAudience(UUID id, String username) {
        return token(id, username).claim("aud", "somebody-else").sign();
    }

    /** A token with algorithm {@code none}. */
    public static String unsigned(UUID id, String username) {
        return token(id, username).unsigned();
    }

    /** Right in everything, but signed with a key that the issuer does not publish. */
    public static String forged(UUID id, String username) {
        return token(id, username).sign(JWSAlgorithm.RS256, signer(Running.FOREIGN_KEY));
    }

    /** A valid token of the realm, one hour long, before a test makes it differ. */
    public static Token token(UUID id, String username) {
        return new Token(id, username);
    }

    /** The realm's public key. */
    static RSAKey publicKey() {
        return Running.KEY.toPublicJWK();
    }

    /** A key that nobody published. */
    static RSAKey foreignKey() {
        return Running.FOREIGN_KEY;
    }

    static JWSSigner signer() {
        return signer(Running.KEY);
    }

    static JWSSigner signer(RSAKey key) {
        try {
            return new RSASSASigner(key);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token in the making. */
    public static final class Token {

        private final Map<String, Object> claims = new LinkedHashMap<>();
        private final Map<String, Object> headers = new LinkedHashMap<>();

        private Token(UUID id, String username) {
            claims.put("iss", issuer());
            claims.put("aud", "cadenza");
            claims.put("sub", id.toString());
            claims.put("jti", UUID.randomUUID().toString());
            claims.put("number", 1L);
            claims.put("preferred_username", username);
            claims.put("email", username + "@example.org");
            claims.put("roles", List.of("user"));
            headers.put("kid", Running.KEY.getKeyID());
            lasting(LIFETIME);
        }

        /** The user's integer id. */
        public Token number(long number) {
            return claim("number", number);
        }

        /** Realm roles; none: {@code user}. */
        public Token roles(String... roles) {
            return claim("roles", roles.length == 0 ? List.of("user") : List.of(roles));
        }

        /** Of this login. */
        public Token session(String sid) {
            return claim("sid", sid);
        }

        /** Made for an API key. */
        public Token key(String id, String... scopes) {
            return claim("key_id", id).claim("scope", String.join(" ", scopes));
        }

        /** Made by auth-service instead of the realm. */
        public Token internal() {
            headers.put("kid", Running.INTERNAL_KEY.getKeyID());
            return claim("iss", INTERNAL);
        }

        /** Valid from now on; negative: ended that long ago. */
        public Token lasting(Duration validFor) {
            Instant now = Instant.now();
            Instant expires = now.plus(validFor);
            issuedAt(expires.isBefore(now) ? expires.minus(LIFETIME) : now);
            return claim("exp", Date.from(expires));
        }

        /** Issued at this moment; its end stays. */
        public Token issuedAt(Instant moment) {
            return claim("iat", Date.from(moment));
        }

        /** Any claim; null takes it away. */
        public Token claim(String name, @Nullable Object value) {
            if (value == null) {
                claims.remove(name);
            } else {
                claims.put(name, value);
            }
            return this;
        }

        /** Any header but {@code alg}; null takes it away. */
        public Token header(String name, @Nullable Object value) {
            if (value == null) {
                headers.remove(name);
            } else {
                headers.put(name, value);
            }
            return this;
        }

        /** Signed as its issuer does. */
        public String sign() {
            try {
                return INTERNAL.equals(claims.get("iss"))
                        ? sign(JWSAlgorithm.ES256, new ECDSASigner(Running.INTERNAL_KEY))
                        : sign(JWSAlgorithm.RS256, signer(Running.KEY));
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Signed otherwise. */
        public String sign(JWSAlgorithm algorithm, JWSSigner signer) {
            try {
                SignedJWT token = new SignedJWT(header(algorithm), claims());
                token.sign(signer);
                return token.serialize();
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
        }

        /** With algorithm {@code none}. */
        public String unsigned() {
            return new PlainJWT(claims()).serialize();
        }

        private JWSHeader header(JWSAlgorithm algorithm) {
            try {
                Map<String, Object> header = new LinkedHashMap<>(headers);
                header.put("alg", algorithm.getName());
                header.putIfAbsent("typ", JOSEObjectType.JWT.getType());
                return JWSHeader.parse(header);
            } catch (java.text.ParseException e) {
                throw new IllegalStateException(e);
            }
        }

        JWTClaimsSet claims() {
            JWTClaimsSet.Builder set = new JWTClaimsSet.Builder();
            claims.forEach(set::claim);
            return set.build();
        }
    }

    private static final class Running {

        static final RSAKey KEY;
        static final RSAKey FOREIGN_KEY;
        static final ECKey INTERNAL_KEY;
        static final String ISSUER;
        static final AtomicInteger FETCHES = new AtomicInteger();

        static {
            try {
                KEY = new RSAKeyGenerator(2048)
                        .keyID(UUID.randomUUID().toString())
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(JWSAlgorithm.RS256)
                        .generate();
                FOREIGN_KEY = new RSAKeyGenerator(2048).generate();
                INTERNAL_KEY = new ECKeyGenerator(Curve.P_256)
                        .keyID(UUID.randomUUID().toString())
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(JWSAlgorithm.ES256)
                        .generate();
                HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
                serve(server, "/realms/test/certs", new JWKSet(KEY.toPublicJWK()));
                serve(server, "/realms/test/internal", new JWKSet(INTERNAL_KEY.toPublicJWK()));
                server.setExecutor(Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("test-issuer").factory()));
                server.start();
                ISSUER = "http://127.0.0.1:" + server.getAddress().getPort() + "/realms/test";
            } catch (Exception e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private static void serve(HttpServer server, String path, JWKSet keys) {
            byte[] body = keys.toString().getBytes(StandardCharsets.UTF_8);
            server.createContext(path, exchange -> {
                FETCHES.incrementAndGet();
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
        }
    }
}
