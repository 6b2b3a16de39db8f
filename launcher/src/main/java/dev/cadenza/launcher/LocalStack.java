package dev.cadenza.launcher;

import dev.cadenza.launcher.infra.InfrastructureSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Every part of the system on one machine: name, port, memory, what it needs and how it is set. Read this file to know
 * what runs; everything else here only carries it out.
 */
final class LocalStack {

    private static final String LOOPBACK = "127.0.0.1";

    /** The dialects that log people in, each with its own Keycloak client. */
    private static final List<String> DIALECTS = List.of("veza", "audionova", "processing");

    private final int base;
    private final Path data;
    private final Secrets secrets;
    private final List<Options.Override> overrides;

    LocalStack(int portBase, Path data, Secrets secrets, List<Options.Override> overrides) {
        this.base = portBase;
        this.data = data;
        this.secrets = secrets;
        this.overrides = overrides;
    }

    /** In the order of starting; stopped the other way round. */
    List<Part> parts() {
        List<Part> parts = List.of(
                infrastructure(),
                keycloak(),
                service("auth-service", "auth", 81, 160)
                        .after("keycloak")
                        .with(keycloakAccess())
                        .with(ownSecret())
                        .with(mail())
                        .with(administrator()),
                service("catalog-service", "catalog", 82, 192).with(media()).with(searchIndex()),
                service("playlist-service", "playlist", 83, 144).with(media()),
                service("social-service", "social", 84, 128).with(webhooks()),
                service("generation-service", "generation", 85, 160)
                        .with(models())
                        .with(media()),
                service("audio-processing-service", "processing", 86, 160)
                        .with(models())
                        .with(media()),
                service("analytics-service", "analytics", 87, 128),
                worker("generation-worker", "generation-service", 88, 384).with(models()),
                worker("processing-worker", "audio-processing-service", 89, 768).with(models()),
                gateway());
        return overridden(parts);
    }

    // ---- what the parts are -------------------------------------------------------------------------------------

    private Part infrastructure() {
        InfrastructureSettings settings = new InfrastructureSettings(
                data,
                base + 92,
                base + 93,
                base + 94,
                base + 95,
                secrets.get("s3.access-key"),
                secrets.get("s3.secret-key"),
                "cadenza",
                base + 24,
                base + 25);
        Map<String, String> asText = new LinkedHashMap<>();
        settings.toProperties().forEach((name, value) -> asText.put((String) name, (String) value));
        return new Part(
                "infrastructure",
                Part.Kind.INFRASTRUCTURE,
                "launcher",
                base + 25,
                "Kafka :%d, MongoDB :%d, S3 :%d, SMTP :%d, mails http://localhost:%d"
                        .formatted(base + 92, base + 94, base + 95, base + 24, base + 25),
                URI.create("http://" + LOOPBACK + ":" + (base + 25) + "/health"),
                320,
                List.of(base + 92, base + 93, base + 94, base + 95, base + 24, base + 25),
                List.of(),
                asText);
    }

    private Part keycloak() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("http-port", Integer.toString(base + 90));
        settings.put("http-management-port", Integer.toString(base + 91));
        settings.put("hostname", keycloakUrl());
        return new Part(
                "keycloak",
                Part.Kind.KEYCLOAK,
                "launcher",
                base + 90,
                keycloakUrl(),
                URI.create("http://" + LOOPBACK + ":" + (base + 91) + "/health/ready"),
                320,
                List.of(base + 90, base + 91),
                List.of(),
                settings);
    }

    private Part service(String name, String shortName, int offset, int heapMegabytes) {
        Map<String, String> settings = spring(offset);
        settings.put("spring.mongodb.uri", "mongodb://" + LOOPBACK + ":" + (base + 94) + "/cadenza_" + shortName);
        return new Part(
                name,
                Part.Kind.SERVICE,
                name,
                base + offset,
                "http://localhost:" + (base + offset),
                readiness(offset),
                heapMegabytes,
                List.of(base + offset),
                List.of("infrastructure"),
                settings);
    }

    /** A worker has no database: it knows topics and objects only. */
    private Part worker(String name, String module, int offset, int heapMegabytes) {
        Map<String, String> settings = spring(offset);
        settings.put("cadenza.role", "worker");
        return new Part(
                name,
                Part.Kind.WORKER,
                module,
                base + offset,
                "http://localhost:" + (base + offset),
                readiness(offset),
                heapMegabytes,
                List.of(base + offset),
                List.of("infrastructure"),
                settings);
    }

    private Part gateway() {
        Map<String, String> settings = spring(80);
        settings.put("management.server.port", Integer.toString(base + 79));
        settings.put("management.server.address", LOOPBACK);
        // auth-service's own tokens are put on by the gateway, and never come from outside
        settings.keySet().removeIf(name -> name.startsWith("cadenza.security.issuers[1]"));
        List.of(
                        Map.entry("auth", 81),
                        Map.entry("catalog", 82),
                        Map.entry("playlist", 83),
                        Map.entry("social", 84),
                        Map.entry("generation", 85),
                        Map.entry("processing", 86),
                        Map.entry("analytics", 87))
                .forEach(service -> settings.put("cadenza.services." + service.getKey(), local(service.getValue())));
        settings.put("cadenza.gateway.forward.object-store", local(95));
        return new Part(
                "gateway",
                Part.Kind.SERVICE,
                "gateway",
                base + 80,
                gatewayUrl(),
                readiness(79),
                128,
                List.of(base + 80, base + 79),
                List.of("infrastructure"),
                settings);
    }

    // ---- how they are set ---------------------------------------------------------------------------------------

    private Map<String, String> spring(int offset) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("server.port", Integer.toString(base + offset));
        settings.put("server.address", LOOPBACK);
        settings.put("spring.kafka.bootstrap-servers", LOOPBACK + ":" + (base + 92));
        settings.put("cadenza.storage.endpoint", local(95));
        settings.put("cadenza.storage.access-key", secrets.get("s3.access-key"));
        settings.put("cadenza.storage.secret-key", secrets.get("s3.secret-key"));
        settings.put("cadenza.storage.bucket", "cadenza");
        settings.put("cadenza.security.audience", "cadenza");
        settings.put("cadenza.security.issuers[0].issuer", keycloakUrl() + "/realms/cadenza");
        settings.put(
                "cadenza.security.issuers[0].jwks-uri", local(90) + "/realms/cadenza/protocol/openid-connect/certs");
        settings.put("cadenza.security.issuers[1].issuer", "cadenza-internal");
        settings.put("cadenza.security.issuers[1].jwks-uri", local(81) + "/internal/jwks.json");
        settings.put("cadenza.security.issuers[1].algorithm", "ES256");
        settings.put("cadenza.public-base-url", gatewayUrl());
        // both print all of their settings at every start
        settings.put("logging.level.org.apache.kafka", "WARN");
        settings.put("logging.level.org.mongodb.driver", "WARN");
        return settings;
    }

    private Map<String, String> keycloakAccess() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("cadenza.keycloak.url", keycloakUrl());
        settings.put("cadenza.keycloak.realm", "cadenza");
        settings.put("cadenza.keycloak.admin-client-id", "auth-service");
        settings.put("cadenza.keycloak.admin-client-secret", secrets.get("keycloak.client.admin"));
        for (String dialect : DIALECTS) {
            settings.put("cadenza.keycloak.clients." + dialect + ".secret", secrets.get("keycloak.client." + dialect));
        }
        return settings;
    }

    /** What auth-service derives its keys from: another one makes links in mails and the stored signing keys useless. */
    private Map<String, String> ownSecret() {
        return Map.of("cadenza.auth.secret", secrets.get("auth.secret"));
    }

    private Map<String, String> mail() {
        return Map.of(
                "spring.mail.host",
                LOOPBACK,
                "spring.mail.port",
                Integer.toString(base + 24),
                "cadenza.mail.from",
                "Cadenza <no-reply@cadenza.localhost>");
    }

    /** The first account with the role {@code admin}; auth-service creates it where it is missing. */
    private Map<String, String> administrator() {
        return Map.of(
                "cadenza.admin.username",
                secrets.get("admin.username"),
                "cadenza.admin.email",
                secrets.get("admin.email"),
                "cadenza.admin.password",
                secrets.get("admin.password"));
    }

    /** Webhooks to this machine are refused by default; here they are the only ones there can be. */
    private static Map<String, String> webhooks() {
        return Map.of("cadenza.webhooks.allowed-private-networks", "127.0.0.0/8,::1/128");
    }

    /** Signed addresses go on working after a restart. */
    private Map<String, String> media() {
        return Map.of("cadenza.media.signing-secret", secrets.get("media.signing-secret"));
    }

    private Map<String, String> searchIndex() {
        return Map.of("cadenza.catalog.search.directory", data.resolve("search").toString());
    }

    private Map<String, String> models() {
        return Map.of(
                "cadenza.models.directory",
                data.resolve("models").toString(),
                "cadenza.models.native-cache",
                data.resolve("cache/pytorch").toString());
    }

    /** Values for the placeholders of the realm file. */
    Map<String, String> realmPlaceholders() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("CADENZA_AUTH_SERVICE_SECRET", secrets.get("keycloak.client.admin"));
        for (String dialect : DIALECTS) {
            values.put(
                    "CADENZA_" + dialect.toUpperCase(Locale.ROOT) + "_SECRET",
                    secrets.get("keycloak.client." + dialect));
        }
        return values;
    }

    private List<Part> overridden(List<Part> parts) {
        List<Part> result = new ArrayList<>();
        for (Part part : parts) {
            Map<String, String> given = new LinkedHashMap<>();
            for (Options.Override override : overrides) {
                boolean meant = override.part().isEmpty()
                        ? part.isSpring()
                        : part.name().equals(override.part());
                if (meant) {
                    given.put(override.property(), override.value());
                }
            }
            result.add(part.with(given));
        }
        for (Options.Override override : overrides) {
            List<String> names =
                    parts.stream().filter(Part::isSpring).map(Part::name).toList();
            if (!override.part().isEmpty() && !names.contains(override.part())) {
                throw new Problem(
                        "--set knows no service " + override.part() + "; there are " + String.join(", ", names) + ".");
            }
        }
        return List.copyOf(result);
    }

    // ---- addresses ----------------------------------------------------------------------------------------------

    String gatewayUrl() {
        return "http://localhost:" + (base + 80);
    }

    String mailUrl() {
        return "http://localhost:" + (base + 25);
    }

    private String keycloakUrl() {
        return "http://localhost:" + (base + 90);
    }

    private String local(int offset) {
        return "http://" + LOOPBACK + ":" + (base + offset);
    }

    private URI readiness(int offset) {
        return URI.create(local(offset) + "/actuator/health/readiness");
    }
}
