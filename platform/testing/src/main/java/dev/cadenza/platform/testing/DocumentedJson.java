package dev.cadenza.platform.testing;

import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeType;

/**
 * Compares an answer with the example of a published document: every key of the example is there, with a value of the
 * same type and nesting; more keys may be there. Every element of an array looks like the first one of the example.
 * Texts that are a UUID, a moment or an absolute address in the example are one in the answer.
 */
public final class DocumentedJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DocumentedJson() {}

    /**
     * Compares.
     *
     * @throws AssertionError naming each place that differs, and the answer
     */
    public static void assertShape(@Nullable String answer, String example) {
        List<String> differences = new ArrayList<>();
        compare("$", JSON.readTree(answer == null ? "" : answer), JSON.readTree(example), differences);
        if (!differences.isEmpty()) {
            throw new AssertionError(String.join("\n", differences) + "\nin " + answer);
        }
    }

    private static void compare(String path, JsonNode actual, JsonNode example, List<String> differences) {
        switch (example.getNodeType()) {
            case OBJECT -> {
                if (type(path, actual, JsonNodeType.OBJECT, differences)) {
                    example.properties().forEach(property -> {
                        JsonNode value = actual.get(property.getKey());
                        String place = path + "." + property.getKey();
                        if (value == null) {
                            differences.add(place + " is missing");
                        } else {
                            compare(place, value, property.getValue(), differences);
                        }
                    });
                }
            }
            case ARRAY -> {
                if (type(path, actual, JsonNodeType.ARRAY, differences) && !example.isEmpty()) {
                    if (actual.isEmpty()) {
                        differences.add(path + " is empty, so it shows nothing");
                    }
                    for (int i = 0; i < actual.size(); i++) {
                        compare(path + "[" + i + "]", actual.get(i), example.get(0), differences);
                    }
                }
            }
            case NUMBER -> {
                if (type(path, actual, JsonNodeType.NUMBER, differences)
                        && example.isIntegralNumber()
                        && !actual.isIntegralNumber()) {
                    differences.add(path + " is no integer: " + actual);
                }
            }
            case STRING -> {
                if (type(path, actual, JsonNodeType.STRING, differences)) {
                    for (Kind kind : Kind.values()) {
                        if (kind.fits(example.stringValue()) && !kind.fits(actual.stringValue())) {
                            differences.add(path + " is no " + kind + ": " + actual);
                        }
                    }
                }
            }
            default -> type(path, actual, example.getNodeType(), differences);
        }
    }

    private static boolean type(String path, JsonNode actual, JsonNodeType expected, List<String> differences) {
        if (actual.getNodeType() == expected) {
            return true;
        }
        differences.add(path + " is no " + expected + ": " + actual);
        return false;
    }

    private enum Kind {
        UUID {
            @Override
            boolean fits(String text) {
                return text.length() == 36 && parses(() -> java.util.UUID.fromString(text));
            }
        },
        MOMENT {
            @Override
            boolean fits(String text) {
                return parses(() -> Instant.parse(text));
            }
        },
        ADDRESS {
            @Override
            boolean fits(String text) {
                return text.matches("https?://.+") && parses(() -> URI.create(text));
            }
        };

        abstract boolean fits(String text);

        private static boolean parses(java.util.function.Supplier<?> parser) {
            try {
                return parser.get() != null;
            } catch (IllegalArgumentException | DateTimeParseException e) {
                return false;
            }
        }
    }
}
