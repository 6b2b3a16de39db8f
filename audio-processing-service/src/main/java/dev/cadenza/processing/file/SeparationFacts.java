package dev.cadenza.processing.file;

import java.util.LinkedHashMap;
import java.util.Map;

/** A {@link Separation} as the facts that a worker reports: JSON values only. */
public final class SeparationFacts {

    private SeparationFacts() {}

    /** For the report. */
    public static Map<String, Object> write(Separation separation) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("engine", separation.engine());
        facts.put("engine_version", separation.engineVersion());
        facts.put("vocals", part(separation.vocals()));
        facts.put("instrumental", part(separation.instrumental()));
        return facts;
    }

    /** From the report; throws {@link IllegalArgumentException} where something is missing. */
    static Separation read(Map<String, Object> facts) {
        return new Separation(
                part(facts, "vocals"),
                part(facts, "instrumental"),
                text(facts, "engine"),
                text(facts, "engine_version"));
    }

    private static Map<String, Object> part(StoredPart part) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("key", part.key());
        facts.put("filename", part.filename());
        facts.put("content_type", part.contentType());
        facts.put("size", part.size());
        facts.put("etag", part.etag());
        return facts;
    }

    private static StoredPart part(Map<String, Object> facts, String name) {
        if (!(facts.get(name) instanceof Map<?, ?> part) || !(part.get("size") instanceof Number size)) {
            throw new IllegalArgumentException("a result without " + name);
        }
        return new StoredPart(
                text(part, "key"),
                text(part, "filename"),
                text(part, "content_type"),
                size.longValue(),
                text(part, "etag"));
    }

    private static String text(Map<?, ?> facts, String name) {
        if (facts.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("a result without " + name);
    }
}
