package dev.cadenza.generation.api.musicgen;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads a JSON object field by field and remembers what is wrong with it. Null counts as absent. */
final class Fields {

    private final JsonNode object;
    private final List<Violation> violations;

    private Fields(JsonNode object, List<Violation> violations) {
        this.object = object;
        this.violations = violations;
    }

    static Fields of(JsonNode body) {
        if (!body.isObject()) {
            throw Failure.unreadable("request.unreadable", "The body must be a JSON object.");
        }
        return new Fields(body, new ArrayList<>());
    }

    /** Throws where anything was wrong. */
    void check() {
        if (!violations.isEmpty()) {
            throw Failure.invalid(violations);
        }
    }

    boolean has(String name) {
        return !object.path(name).isMissingNode() && !object.path(name).isNull();
    }

    /** An inner object; an empty one where absent. */
    Fields inner(String name) {
        JsonNode node = object.path(name);
        if (has(name) && !node.isObject()) {
            wrong(name, node, "an object");
        }
        return new Fields(node.isObject() ? node : JsonNodeFactory.instance.objectNode(), violations);
    }

    @Nullable
    String text(String name, int longest) {
        JsonNode node = object.path(name);
        if (!has(name)) {
            return null;
        }
        if (!node.isString()) {
            wrong(name, node, "a text");
            return null;
        }
        return text(name, node, longest);
    }

    private @Nullable String text(String name, JsonNode node, int longest) {
        String text = clean(node.stringValue());
        if (text.codePointCount(0, text.length()) > longest) {
            add(name, "be at most " + longest + " characters long", longest + " characters at most", text.length());
            return null;
        }
        return text;
    }

    /** Texts without blank ones. */
    List<String> texts(String name, int most, int longest) {
        JsonNode node = object.path(name);
        List<String> texts = new ArrayList<>();
        if (!has(name)) {
            return texts;
        }
        if (!node.isArray()) {
            wrong(name, node, "a list of texts");
            return texts;
        }
        if (node.size() > most) {
            add(name, "have at most " + most + " entries", most + " entries at most", node.size());
            return texts;
        }
        for (JsonNode element : node) {
            if (!element.isString()) {
                wrong(name, element, "a list of texts");
                return List.of();
            }
            String text = text(name, element, longest);
            if (text != null && !text.isBlank()) {
                texts.add(text);
            }
        }
        return texts;
    }

    @Nullable
    Long integer(String name, long least, long most) {
        JsonNode node = object.path(name);
        if (!has(name)) {
            return null;
        }
        // digits without end are an integer too, although one that no conversion takes
        boolean boundless = node.isIntegralNumber() && !node.canConvertToLong();
        double value = boundless ? Double.NaN : finite(node);
        if (!boundless && !(value == Math.rint(value))) {
            add(name, "be an integer between " + least + " and " + most, least + "-" + most, shown(node));
            return null;
        }
        if (!(value >= least && value <= most)) {
            add(name, "be between " + least + " and " + most, least + "-" + most, shown(node));
            return null;
        }
        return (long) value;
    }

    @Nullable
    Double number(String name, double least, double most) {
        JsonNode node = object.path(name);
        if (!has(name)) {
            return null;
        }
        String range = plain(least) + "-" + plain(most);
        double value = finite(node);
        if (!(value >= least && value <= most)) {
            add(name, "be between " + plain(least) + " and " + plain(most), range, shown(node));
            return null;
        }
        return value;
    }

    /** The number; NaN where it is none or larger than numbers get. */
    private static double finite(JsonNode node) {
        double value = node.isNumber() ? node.doubleValueOpt().orElse(Double.NaN) : Double.NaN;
        return Double.isFinite(value) ? value : Double.NaN;
    }

    @Nullable
    Boolean bool(String name) {
        JsonNode node = object.path(name);
        if (!has(name)) {
            return null;
        }
        if (!node.isBoolean()) {
            wrong(name, node, "true or false");
            return null;
        }
        return node.booleanValue();
    }

    /** A text that {@code good} accepts. */
    @Nullable
    String matching(String name, String constraint, Predicate<String> good) {
        String text = text(name, 2_000);
        if (text == null) {
            return null;
        }
        if (!good.test(text)) {
            add(name, "be " + constraint, constraint, text);
            return null;
        }
        return text;
    }

    void add(String name, String must, String constraint, @Nullable Object value) {
        violations.add(new Violation(name, "Invalid parameter: " + name + " must " + must, value, constraint));
    }

    private void wrong(String name, JsonNode node, String what) {
        add(name, "be " + what, what, shown(node));
    }

    /** What was sent, as far as it is worth repeating. */
    private static @Nullable Object shown(JsonNode node) {
        if (node.isNumber()) {
            return node.isIntegralNumber() && node.canConvertToLong()
                    ? (Object) node.longValue()
                    : (Object) shortened(node.asString());
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        String text = node.isString() ? clean(node.stringValue()) : node.toString();
        return shortened(text);
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) > 100
                ? text.substring(0, text.offsetByCodePoints(0, 100)) + "…"
                : text;
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** Without control characters and halves of characters, which neither tags nor pages can show. */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .map(c -> Character.isWhitespace(c) ? ' ' : c)
                .filter(c -> switch (Character.getType(c)) {
                    case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
                    default -> true;
                })
                .forEach(clean::appendCodePoint);
        return clean.toString().strip();
    }
}
