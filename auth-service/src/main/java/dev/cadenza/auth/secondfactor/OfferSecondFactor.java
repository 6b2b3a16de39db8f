package dev.cadenza.auth.secondfactor;

import dev.cadenza.auth.secret.Sealing;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Begins the enrolment of a device: shows its secret, once. */
@Component
public class OfferSecondFactor {

    static final String PURPOSE = "second factor";

    private static final String ISSUER = "Cadenza";
    private static final Failure ENABLED =
            new Failure.Conflict("otp.enabled", "A second factor is enabled already. Remove it first.");

    private final SecondFactors factors;
    private final Sealing sealing;
    private final Clock clock;

    OfferSecondFactor(SecondFactors factors, Sealing sealing, Clock clock) {
        this.factors = factors;
        this.sealing = sealing;
        this.clock = clock;
    }

    /**
     * What the owner's device needs.
     *
     * @param secret in Base32
     * @param uri the same for authenticators
     */
    public record Offer(String secret, String uri) {

        @Override
        public String toString() {
            return "Offer[…]";
        }
    }

    /** A secret, in place of an earlier one that was not confirmed; {@link Failure.Conflict} where codes are needed already. */
    public Mono<Offer> offer(UUID account, String username) {
        return Mono.defer(() -> {
            String secret = Totp.newSecret();
            Change<SecondFactor, SecondFactor.Event> offered =
                    SecondFactor.offered(sealing.seal(PURPOSE, account.toString(), secret), clock.instant());
            return factors.change(account, existing -> {
                        if (existing.isRequired()) {
                            throw ENABLED.asException();
                        }
                        return offered;
                    })
                    .switchIfEmpty(Mono.defer(() -> factors.insert(account, offered)))
                    .map(stored -> new Offer(secret, Totp.uri(ISSUER, username, secret)));
        });
    }
}
