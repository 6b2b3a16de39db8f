package dev.cadenza.auth.attempt;

import java.util.UUID;

/**
 * Somebody who tries to log in.
 *
 * @param subject the account, or what stands for a name that no account has
 * @param device what the request came from
 * @param known whether the account was logged into from it before
 * @param newNetwork whether the account was used before, but never from this network
 */
public record Visitor(UUID subject, Devices.Device device, boolean known, boolean newNetwork) {

    /** Network of the request, such as {@code 203.0.113.0/24}. */
    public String network() {
        return device.network();
    }
}
