package dev.cadenza.platform.web;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;

/**
 * Text of a request's body. JSON can spell halves of characters and NUL, which databases, Kafka and Keycloak refuse or
 * change each in its own way: they are refused here, once, as unreadable.
 */
final class WellFormedText extends StringDeserializer {

    @Override
    public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
        String text = super.deserialize(parser, context);
        if (text != null && !isWellFormed(text)) {
            context.reportInputMismatch(this, "text with half a character or NUL in it");
        }
        return text;
    }

    static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(c -> c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
