package dev.cadenza.auth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.cadenza.auth.account.Account;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Signs a token for an account. */
@Component
class IssueToken {

    private final KeepSigningKeys keys;
    private final TokenSettings settings;
    private final Clock clock;

    IssueToken(KeepSigningKeys keys, TokenSettings settings, Clock clock) {
        this.keys = keys;
        this.settings = settings;
        this.clock = clock;
    }

    /** A signed token. */
    record Issued(String token, Instant expiresAt) {}

    /** With the claims of every token, and those that are added. */
    Mono<Issued> issue(Versioned<Account> account, Collection<String> roles, UnaryOperator<JWTClaimsSet.Builder> more) {
        return keys.current().map(key -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            Instant expiresAt = now.plus(settings.lifetime());
            JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                    .issuer(settings.issuer())
                    .audience(settings.audience())
                    .subject(account.id().toString())
                    .jwtID(UUID.randomUUID().toString())
                    .issueTime(Date.from(now))
                    .expirationTime(Date.from(expiresAt))
                    .claim("number", account.requireNumber())
                    .claim("preferred_username", account.state().handle())
                    .claim("email", account.state().email())
                    .claim("roles", List.copyOf(roles));
            return new Issued(signed(key, more.apply(claims).build()), expiresAt);
        });
    }

    private static String signed(ECKey key, JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .type(JOSEObjectType.JWT)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
