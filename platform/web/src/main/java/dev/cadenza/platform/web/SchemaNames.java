package dev.cadenza.platform.web;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Locale;
import java.util.Set;

/**
 * Names of bodies in an OpenAPI description, made of service, dialect and class: other dialects, other services and other
 * controllers have rows, too.
 */
final class SchemaNames extends TypeNameResolver {

    private static final String BASE = "dev.cadenza.";
    private static final Set<String> SILENT = Set.of("api", "platform", "web");
    private static final String SILENT_ENDINGS = "(Json|Controller)$";

    @Override
    protected String getNameOfClass(Class<?> type) {
        String name = type.getCanonicalName();
        if (name == null || !name.startsWith(BASE)) {
            return super.getNameOfClass(type);
        }
        StringBuilder words = new StringBuilder();
        for (String word : name.substring(BASE.length()).split("\\.", -1)) {
            String said = word.replaceFirst(SILENT_ENDINGS, "");
            if (!SILENT.contains(word) && !said.isEmpty()) {
                words.append(said.substring(0, 1).toUpperCase(Locale.ROOT)).append(said.substring(1));
            }
        }
        return words.toString();
    }
}
