package dev.cadenza.platform.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
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
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;

/** Issues access tokens as Keycloak's realm does and serves the key that proves them. */
public final class TestIssuer {

    private static final Duration LIFETIME = Duration.ofHours(1);

    private TestIssuer() {}

    /** Value of the {@code iss} claim. */
    public static String issuer() {
        return Running.ISSUER;
    }

    /** Where the public key is. */
    public static String jwksUri() {
        return Running.ISSUER + "/certs";
    }

    /** A valid token, one hour long. Without roles it carries {@code user}. */
    public static String user(UUID id, long number, String username, String... roles) {
        return sign(claims(id, number, username, "cadenza", LIFETIME, roles).build(), Running.KEY);
    }

    /** Right in everything but its time, which ended an hour ago. */
    public static String expired(UUID id, String username) {
        return sign(claims(id, 1, username, "cadenza", LIFETIME.negated()).build(), Running.KEY);
    }

    /** Signed by this issuer, but for another audience. */
    public static String foreignAudience(UUID id, String username) {
        return sign(claims(id, 1, username, "somebody-else", LIFETIME).build(), Running.KEY);
    }

    /** A token with algorithm {@code none}. */
    public static String unsigned(UUID id, String username) {
        return new PlainJWT(claims(id, 1, username, "cadenza", LIFETIME).build()).serialize();
    }

    /** Right in everything, but signed with a key that the issuer does not publish. */
    public static String forged(UUID id, String username) {
        return sign(claims(id, 1, username, "cadenza", LIFETIME).build(), Running.FOREIGN_KEY);
    }

    private static JWTClaimsSet.Builder claims(
            UUID id, long number, String username, String audience, Duration validFor, String... roles) {
        Instant now = Instant.now();
        Instant expires = now.plus(validFor);
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(List.of(audience))
                .subject(id.toString())
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(expires.isBefore(now) ? expires.minus(LIFETIME) : now))
                .expirationTime(Date.from(expires))
                .claim("number", number)
                .claim("preferred_username", username)
                .claim("email", username + "@example.org")
                .claim("roles", roles.length == 0 ? List.of("user") : List.of(roles));
    }

    private static String sign(JWTClaimsSet claims, RSAKey key) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .type(JOSEObjectType.JWT)
                            .keyID(Running.KEY.getKeyID())
                            .build(),
                    claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Running {

        static final RSAKey KEY;
        static final RSAKey FOREIGN_KEY;
        static final String ISSUER;

        static {
            try {
                KEY = new RSAKeyGenerator(2048)
                        .keyID(UUID.randomUUID().toString())
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(JWSAlgorithm.RS256)
                        .generate();
                FOREIGN_KEY = new RSAKeyGenerator(2048).generate();
                byte[] keys = new JWKSet(KEY.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
                HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
                server.createContext("/realms/test/certs", exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, keys.length);
                    exchange.getResponseBody().write(keys);
                    exchange.close();
                });
                server.setExecutor(Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("test-issuer").factory()));
                server.start();
                ISSUER = "http://127.0.0.1:" + server.getAddress().getPort() + "/realms/test";
            } catch (Exception e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }
}
