package dev.cadenza.platform.core.identity;

/**
 * Where a request came from. In the Reactor context of every request under the key {@code ClientOrigin.class}.
 *
 * @param ip address of the client, as the gateway saw it
 * @param userAgent what the client says it is, at most {@value #LONGEST_USER_AGENT} characters without control
 *     characters; empty where it says nothing
 */
public record ClientOrigin(String ip, String userAgent) {

    private static final int LONGEST_USER_AGENT = 256;

    public ClientOrigin {
        userAgent = userAgent
                .codePoints()
                .filter(c -> !Character.isISOControl(c) && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE))
                .limit(LONGEST_USER_AGENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
