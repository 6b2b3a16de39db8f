package dev.cadenza.social.webhook;

import dev.cadenza.platform.core.Failure.Violation;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Form of a webhook's URL. What a name resolves to is not asked here: it may change, and the answer would tell a stranger
 * what names exist on this network. {@link AddressGuard} decides at every attempt.
 */
final class WebhookUrl {

    private static final int LONGEST = 2_048;
    private static final Pattern NAME = Pattern.compile(
            "(?=.{1,253}\\.?$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.?");
    private static final Pattern DOTTED_QUAD = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
    // 127.1, 2130706433, 0x7f000001, 0177.0.0.1: some resolvers take these for addresses
    private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)\\.?");

    private WebhookUrl() {}

    /** The URL, or null with a violation for what is wrong with it. */
    static @Nullable URI parse(@Nullable String text, AddressGuard guard, List<Violation> violations) {
        String wrong;
        if (text == null || text.isBlank()) {
            wrong = "A webhook needs a URL.";
        } else if (text.length() > LONGEST) {
            wrong = "A URL has at most " + LONGEST + " characters.";
        } else {
            try {
                URI url = new URI(text).parseServerAuthority();
                wrong = fault(url, guard);
                if (wrong == null) {
                    return url;
                }
            } catch (URISyntaxException e) {
                wrong = "This is not a URL.";
            }
        }
        violations.add(Violation.of("url", wrong));
        return null;
    }

    private static @Nullable String fault(URI url, AddressGuard guard) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        String host = url.getHost();
        if (!scheme.equals("http") && !scheme.equals("https") || host == null) {
            return "A webhook's URL begins with https:// or http:// and names a host.";
        }
        if (url.getRawUserInfo() != null) {
            return "A webhook's URL carries no user name or password.";
        }
        if (url.getRawFragment() != null) {
            return "A webhook's URL has no fragment.";
        }
        if (url.getPort() == 0 || url.getPort() > 65_535) {
            return "A port is a number from 1 to 65535.";
        }
        return hostFault(host.toLowerCase(Locale.ROOT), guard);
    }

    private static @Nullable String hostFault(String host, AddressGuard guard) {
        boolean v6 = host.startsWith("[");
        if (v6 || DOTTED_QUAD.matcher(host).matches()) {
            if (v6 && host.contains("%")) {
                return "An address in a webhook's URL has no zone.";
            }
            try {
                return guard.allows(InetAddress.getByName(host)) ? null : "This address is not public.";
            } catch (UnknownHostException e) {
                return "This is not an address.";
            }
        }
        if (NUMERIC.matcher(host).matches() || !NAME.matcher(host).matches()) {
            return "This is not a host name.";
        }
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        boolean loopbackByName = name.equals("localhost") || name.endsWith(".localhost");
        return loopbackByName && !guard.allows(InetAddress.getLoopbackAddress()) ? "This address is not public." : null;
    }
}
