package dev.cadenza.catalog.payment;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a provider tells on its own: late results. */
public interface PaymentNotices {

    /**
     * The order that a notice is about; empty where it is about none. The notice is only a reason to ask. Fails with
     * {@code Failure.Unreadable} where it was not written by the provider, with NotFound where the provider sends none.
     *
     * @param signature as it came with it; null where none came
     */
    Optional<UUID> orderOf(byte[] notice, @Nullable String signature);
}
