package dev.cadenza.analytics.audit.messaging;

import dev.cadenza.analytics.audit.AuditEntry;
import dev.cadenza.analytics.audit.AuditLog;
import dev.cadenza.contracts.auth.v1.SecurityEvent;
import dev.cadenza.platform.events.EventHandler;
import dev.cadenza.platform.events.ReceivedEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Hears what concerns the security of accounts. Rows stay when an account is erased, so nothing that names a person goes
 * into them: of a login that belongs to no account there remains a fingerprint, by which attempts on one name are found.
 */
@Component
class SecurityHandler implements EventHandler {

    private static final Set<String> NAMES =
            Set.of("login", "username", "email", "name", "first_name", "last_name", "display_name");
    private static final int FINGERPRINT_BYTES = 8;

    private final AuditLog log;

    SecurityHandler(AuditLog log) {
        this.log = log;
    }

    @Override
    public Set<String> topics() {
        return Set.of("auth.security.v1");
    }

    @Override
    public String group() {
        return "analytics.audit.security";
    }

    @Override
    public Mono<Void> handle(ReceivedEvent event) {
        if (!event.type().equals("auth.security.recorded")) {
            return Mono.empty();
        }
        SecurityEvent security = event.dataAs(SecurityEvent.class);
        return log.append(AuditEntry.of(
                event.eventId(),
                security.userId(),
                security.actorId(),
                security.action(),
                security.target(),
                Origins.ip(event),
                Origins.userAgent(event),
                nameless(security),
                event.at()));
    }

    private static Map<String, String> nameless(SecurityEvent security) {
        Map<String, String> kept = new TreeMap<>(security.details());
        String login = kept.get("login");
        kept.keySet().removeAll(NAMES);
        if (login != null && security.userId() == null) {
            kept.put("login_hash", fingerprint(login));
        }
        return kept;
    }

    private static String fingerprint(String login) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(login.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
