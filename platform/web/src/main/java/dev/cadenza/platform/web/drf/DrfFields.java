package dev.cadenza.platform.web.drf;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.multipart.FilePart;

/**
 * The fields of one body. What is wrong with those that are asked for is collected, in the framework's words, until
 * {@link #refuseWrong()}.
 */
public final class DrfFields {

    private static final Set<String> TRUE =
            Set.of("t", "T", "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON", "1");
    private static final Set<String> FALSE =
            Set.of("f", "F", "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF", "0");

    private final Map<String, @Nullable Object> values;
    private final Map<String, FilePart> files;
    private final List<Violation> violations = new ArrayList<>();

    DrfFields(Map<String, @Nullable Object> values, Map<String, FilePart> files) {
        this.values = values;
        this.files = files;
    }

    /** Whether the field was sent, whatever is in it. */
    public boolean has(String field) {
        return values.containsKey(field) || files.containsKey(field);
    }

    /** All but the files, as they were sent. */
    public Map<String, @Nullable Object> values() {
        return values;
    }

    /** One line of text without space around it, which must not be empty; null where it was not sent. */
    public @Nullable String text(String field, int longest) {
        String text = textOrBlank(field, longest);
        if (text != null && text.isEmpty()) {
            wrong(field, "This field may not be blank.");
        }
        return text;
    }

    /** The same for a field that may be empty. */
    public @Nullable String textOrBlank(String field, int longest) {
        if (files.containsKey(field)) {
            wrong(field, "Not a valid string.");
            return null;
        }
        if (!values.containsKey(field)) {
            return null;
        }
        Object value = values.get(field);
        if (value == null) {
            wrong(field, "This field may not be null.");
            return null;
        }
        if (!(value instanceof String) && !(value instanceof Number)) {
            wrong(field, "Not a valid string.");
            return null;
        }
        String text = value.toString().strip();
        if (text.indexOf('\0') >= 0) {
            wrong(field, "Null characters are not allowed.");
        }
        if (text.codePointCount(0, text.length()) > longest) {
            wrong(field, "Ensure this field has no more than " + longest + " characters.");
        }
        return text;
    }

    /** The same for a field that must be there; an empty text where something is wrong with it. */
    public String requiredText(String field, int longest) {
        if (!has(field)) {
            wrong(field, "This field is required.");
        }
        String text = text(field, longest);
        return text == null ? "" : text;
    }

    /** True or false in any of the ways that there are; null where it was not sent. */
    public @Nullable Boolean flag(String field) {
        if (!has(field)) {
            return null;
        }
        Object value = values.get(field);
        String word = value == null ? "" : value.toString().strip();
        if (files.containsKey(field) || value instanceof Map<?, ?> || value instanceof List<?>) {
            wrong(field, "Must be a valid boolean.");
        } else if (word.isEmpty() || word.equals("null")) {
            wrong(field, "This field may not be null.");
        } else if (TRUE.contains(word) || FALSE.contains(word)) {
            return TRUE.contains(word);
        } else {
            wrong(field, "Must be a valid boolean.");
        }
        return null;
    }

    /** A file; null where none was sent. */
    public @Nullable FilePart file(String field) {
        if (values.containsKey(field)) {
            wrong(
                    field,
                    values.get(field) == null
                            ? "This field may not be null."
                            : "The submitted data was not a file. Check the encoding type on the form.");
        }
        return files.get(field);
    }

    /** A file that must be there; null where something is wrong with it. */
    public @Nullable FilePart requiredFile(String field) {
        if (!has(field)) {
            wrong(field, "No file was submitted.");
        }
        return file(field);
    }

    /** Something else is wrong with a field. */
    public void wrong(String field, String message) {
        violations.add(Violation.of(field, message));
    }

    /** Fails with Invalid where anything that was asked for was wrong. */
    public void refuseWrong() {
        if (!violations.isEmpty()) {
            throw Failure.invalid(violations);
        }
    }
}
