package dev.cadenza.gateway.docs;

import dev.cadenza.gateway.route.Routes;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The joined document as it is now: each service's newest part that could be joined, whether it still answers or not. */
public final class JoinedDocument {

    private static final Logger LOG = LoggerFactory.getLogger(JoinedDocument.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JoinedDescription description;
    private SortedMap<String, byte[]> parts = new TreeMap<>();
    private volatile Content current;

    /**
     * Starts without any part.
     *
     * @param routes what the gateway routes; the rest of what services describe is left out
     * @param version of this build
     * @param publicBaseUrl where clients find the gateway
     */
    public JoinedDocument(Routes routes, String version, String publicBaseUrl) {
        this.description = new JoinedDescription(routes, version, publicBaseUrl);
        this.current = join(parts);
    }

    Content current() {
        return current;
    }

    /** Takes a service's document; false, and nothing changes, where it is none. Computes for some milliseconds. */
    synchronized boolean take(String service, byte[] part) {
        if (Arrays.equals(part, parts.get(service))) {
            return true;
        }
        SortedMap<String, byte[]> candidate = new TreeMap<>(parts);
        candidate.put(service, part);
        try {
            current = join(candidate);
            parts = candidate;
            return true;
        } catch (JacksonException | IllegalArgumentException e) {
            LOG.warn("The description of {} cannot be read: {}", service, firstLine(e));
            return false;
        }
    }

    private Content join(SortedMap<String, byte[]> from) {
        SortedMap<String, JsonNode> trees = new TreeMap<>();
        from.forEach((service, part) -> trees.put(service, tree(service, part)));
        byte[] joined = JSON.writeValueAsBytes(description.of(trees));
        return Content.of("application/json", joined, 0, "");
    }

    private static String firstLine(Exception error) {
        return error.toString().lines().findFirst().orElse("");
    }

    private static JsonNode tree(String service, byte[] part) {
        JsonNode tree = JSON.readTree(part);
        if (!tree.path("openapi").asString("").startsWith("3.0")
                || !tree.path("paths").isObject()) {
            throw new IllegalArgumentException(service + " does not answer with OpenAPI 3.0");
        }
        return tree;
    }
}
