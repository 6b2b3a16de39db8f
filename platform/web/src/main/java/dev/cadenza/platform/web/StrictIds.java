package dev.cadenza.platform.web;

import dev.cadenza.platform.core.Ids;
import java.beans.PropertyEditorSupport;
import java.util.UUID;
import org.springframework.beans.PropertyEditorRegistrar;
import org.springframework.beans.PropertyEditorRegistry;

/**
 * Ids in paths and queries exactly as they are written: Spring's own way takes {@code 1-1-1-1-1}, and a blank path
 * segment for no value at all, which it then calls our fault.
 */
final class StrictIds implements PropertyEditorRegistrar {

    @Override
    public void registerCustomEditors(PropertyEditorRegistry registry) {
        registry.registerCustomEditor(UUID.class, new Editor());
    }

    private static final class Editor extends PropertyEditorSupport {
        @Override
        public void setAsText(String text) {
            if (text.isEmpty()) {
                setValue(null); // a parameter that was not filled in
                return;
            }
            setValue(Ids.parse(text).orElseThrow(() -> new IllegalArgumentException("not a UUID")));
        }
    }
}
