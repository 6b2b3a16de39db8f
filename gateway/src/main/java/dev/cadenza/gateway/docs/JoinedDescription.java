package dev.cadenza.gateway.docs;

import dev.cadenza.gateway.route.Access;
import dev.cadenza.gateway.route.BrowserLogin;
import dev.cadenza.gateway.route.Routes;
import dev.cadenza.gateway.route.Row;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One OpenAPI 3.0 document of several services' documents: the operations that the route table really leads to, who may
 * call them as the route table says, and the components that these operations use, under names that start with their
 * service's.
 */
final class JoinedDescription {

    static final String BEARER = "bearer";
    static final String API_KEY = "apiKey";
    static final String SESSION = "session";

    private static final String DESCRIPTION = """
            One system, one account, five published APIs ("dialects"): `veza`, `audionova`, `musicgen`, `processing` and \
            `musewave`. A token of any login is good for all of them, and so is an API key, within its scopes: the scope \
            that an operation needs is its `x-scope`. Every answer carries `X-Request-Id`.""";

    private static final Map<String, String> DIALECTS = dialects();

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}/]*)}");
    private static final Pattern REFERENCE = Pattern.compile("#/components/([A-Za-z]+)/([A-Za-z0-9._-]+)");

    private final Routes routes;
    private final String version;
    private final String publicBaseUrl;

    /** Of the gateway: what it routes, which build it is, and where clients find it. */
    JoinedDescription(Routes routes, String version, String publicBaseUrl) {
        this.routes = routes;
        this.version = version;
        this.publicBaseUrl = publicBaseUrl;
    }

    /** The document, always the same for the same parts. */
    ObjectNode of(SortedMap<String, JsonNode> parts) {
        SortedMap<String, ObjectNode> paths = new TreeMap<>();
        Map<String, SortedMap<String, JsonNode>> components = new TreeMap<>();
        Set<String> tags = new HashSet<>();
        Map<String, String> templates = new LinkedHashMap<>();
        parts.forEach((service, part) -> {
            Set<Reference> used = new LinkedHashSet<>();
            part.path("paths")
                    .properties()
                    .forEach(path -> path.getValue().properties().forEach(operation -> {
                        Routes.Match match = match(operation.getKey(), path.getKey());
                        if (operation.getValue() instanceof ObjectNode original
                                && match instanceof Routes.Match.Found found
                                && found.row().service().equals(service)) {
                            Row row = found.row();
                            String template = template(path.getKey(), row, templates);
                            ObjectNode item = paths.computeIfAbsent(template, missing -> JSON.objectNode());
                            // the form without the slash is the same operation once more
                            if (!item.has(operation.getKey()) || path.getKey().endsWith("/") == slashed(row)) {
                                ObjectNode joined = (ObjectNode) rewritten(original, service, used);
                                describe(joined, operation.getKey(), row, variables(path.getKey(), template));
                                item.set(operation.getKey(), joined);
                                tags.add(row.dialect());
                            }
                        }
                    }));
            copyComponents(part.path("components"), service, used, components);
        });
        return document(paths, components, tags);
    }

    private Routes.Match match(String method, String path) {
        // a path item has members that are no methods
        return switch (method) {
            case "get", "head", "post", "put", "patch", "delete" ->
                routes.find(HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)), PathContainer.parsePath(path));
            default -> new Routes.Match.Unknown();
        };
    }

    private static boolean slashed(Row row) {
        return row.pattern().endsWith("/");
    }

    /**
     * The path as it is shown: with or without the slash at its end as the route table has it, and with the same names
     * of variables in all services, for two paths that differ only in those are one path twice.
     */
    private static String template(String path, Row row, Map<String, String> templates) {
        String shown = path;
        if (row.bothSlashes() && path.endsWith("/") != slashed(row)) {
            shown = slashed(row) ? path + "/" : path.substring(0, path.length() - 1);
        }
        String known = templates.putIfAbsent(VARIABLE.matcher(shown).replaceAll("{}"), shown);
        return known == null ? shown : known;
    }

    private static Map<String, String> variables(String path, String template) {
        Map<String, String> names = new LinkedHashMap<>();
        Matcher from = VARIABLE.matcher(path);
        Matcher to = VARIABLE.matcher(template);
        while (from.find() && to.find()) {
            names.put(from.group(1), to.group(1));
        }
        return names;
    }

    private static void describe(ObjectNode operation, String method, Row row, Map<String, String> variables) {
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter instanceof ObjectNode named
                    && "path".equals(named.path("in").asString(""))) {
                String name = named.path("name").asString("");
                named.put("name", variables.getOrDefault(name, name));
            }
        }
        operation.set("tags", JSON.arrayNode().add(row.dialect()));
        operation.set("security", security(operation.path("security"), row));
        if (row.access() instanceof Access.Scoped scoped) {
            boolean write = !method.equals("get") && !method.equals("head");
            operation.put("x-scope", scoped.area().scope(write));
        }
        operation.remove("servers");
    }

    /** What a service says of its operation, as far as the gateway lets such callers through. */
    private static ArrayNode security(JsonNode said, Row row) {
        ArrayNode ways = JSON.arrayNode();
        if (row.access() instanceof Access.Open) {
            return ways;
        }
        for (JsonNode way : said) {
            if (way.isObject() && way.isEmpty()) {
                ways.addObject();
            }
        }
        ways.addObject().putArray(BEARER);
        if (row.access() instanceof Access.Scoped) {
            ways.addObject().putArray(API_KEY);
        }
        if (row.login() != BrowserLogin.NONE) {
            ways.addObject().putArray(SESSION);
        }
        return ways;
    }

    /** A copy in which references lead to the names that this service's components have in the whole. */
    private static JsonNode rewritten(JsonNode node, String service, Set<Reference> used) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JSON.objectNode();
            object.properties().forEach(member -> {
                boolean mapping = member.getKey().equals("mapping");
                copy.set(
                        member.getKey(),
                        member.getKey().equals("$ref")
                                ? reference(member.getValue(), service, used)
                                : mapping && member.getValue() instanceof ObjectNode targets
                                        ? mapping(targets, service, used)
                                        : rewritten(member.getValue(), service, used));
            });
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JSON.arrayNode();
            array.forEach(element -> copy.add(rewritten(element, service, used)));
            return copy;
        }
        return node;
    }

    /** Of a discriminator: its values are references too. */
    private static JsonNode mapping(ObjectNode targets, String service, Set<Reference> used) {
        ObjectNode copy = JSON.objectNode();
        targets.properties().forEach(target -> copy.set(target.getKey(), reference(target.getValue(), service, used)));
        return copy;
    }

    private static JsonNode reference(JsonNode node, String service, Set<Reference> used) {
        Matcher reference = REFERENCE.matcher(node.asString(""));
        if (!reference.matches()) {
            return node;
        }
        Reference target = new Reference(reference.group(1), reference.group(2));
        used.add(target);
        return JSON.stringNode("#/components/" + target.kind() + "/" + target.nameIn(service));
    }

    private static void copyComponents(
            JsonNode from, String service, Set<Reference> used, Map<String, SortedMap<String, JsonNode>> to) {
        Set<Reference> done = new HashSet<>();
        Deque<Reference> open = new ArrayDeque<>(used);
        while (!open.isEmpty()) {
            Reference next = open.removeFirst();
            JsonNode component = from.path(next.kind()).path(next.name());
            if (done.add(next)) {
                Set<Reference> more = new LinkedHashSet<>();
                // a reference into nothing would make the whole document invalid
                JsonNode copy = component.isMissingNode() ? JSON.objectNode() : rewritten(component, service, more);
                to.computeIfAbsent(next.kind(), kind -> new TreeMap<>()).put(next.nameIn(service), copy);
                open.addAll(more);
            }
        }
    }

    private ObjectNode document(
            SortedMap<String, ObjectNode> paths,
            Map<String, SortedMap<String, JsonNode>> components,
            Set<String> tags) {
        ObjectNode document = JSON.objectNode();
        document.put("openapi", "3.0.3");
        document.putObject("info")
                .put("title", "Cadenza")
                .put("description", DESCRIPTION)
                .put("version", version);
        document.putArray("servers").addObject().put("url", publicBaseUrl);
        ArrayNode shown = document.putArray("tags");
        DIALECTS.forEach((name, description) -> {
            if (tags.contains(name)) {
                shown.addObject().put("name", name).put("description", description);
            }
        });
        ObjectNode all = document.putObject("paths");
        paths.forEach(all::set);
        ObjectNode used = document.putObject("components");
        components.forEach((kind, named) -> named.forEach(used.withObjectProperty(kind)::set));
        securitySchemes(used.putObject("securitySchemes"));
        return document;
    }

    private static void securitySchemes(ObjectNode schemes) {
        schemes.putObject(BEARER)
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "An access token of any login, or an API key.");
        schemes.putObject(API_KEY)
                .put("type", "apiKey")
                .put("in", "header")
                .put("name", "X-API-Key")
                .put("description", "An API key of a partner.");
        schemes.putObject(SESSION)
                .put("type", "apiKey")
                .put("in", "cookie")
                .put("name", "sessionid")
                .put(
                        "description",
                        "A browser's session. What changes something also needs the header `X-CSRFToken` with the value "
                                + "of the cookie `csrftoken` (processing), or an `Origin` of our own (musewave).");
    }

    private static Map<String, String> dialects() {
        Map<String, String> dialects = new LinkedHashMap<>();
        dialects.put("veza", "The native API, and the widest: accounts, tracks, playlists, social life, marketplace.");
        dialects.put("audionova", "Songs, playlists, likes, history and generated songs.");
        dialects.put("musicgen", "Generation of music: songs, batches, templates, models.");
        dialects.put("processing", "Noise removal, vocal separation, boosting and speaker extraction.");
        dialects.put("musewave", "Artists, albums, tracks, followers and statistics.");
        return dialects;
    }

    private record Reference(String kind, String name) {

        String nameIn(String service) {
            return service + "." + name;
        }
    }
}
