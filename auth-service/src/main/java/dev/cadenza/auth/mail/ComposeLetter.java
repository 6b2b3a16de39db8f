package dev.cadenza.auth.mail;

import dev.cadenza.auth.mail.Postman.Letter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Makes the letter of an order from the templates below {@code mail/}: text with {@code {{placeholders}}}, the first line
 * of the text being the subject. Nothing that a person chose becomes markup or an address line.
 */
@Component
class ComposeLetter {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z]+)}}");
    private static final Pattern ADDRESS = Pattern.compile("<?([^<>\\s]+)>?\\s*$");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ROOT);
    private static final int LONGEST_FACT = 200;

    private record Template(String subject, String text, String html) {}

    private final Map<MailKind, Template> templates = new EnumMap<>(MailKind.class);
    private final MailSettings settings;
    private final MailTokens tokens;

    ComposeLetter(MailSettings settings, MailTokens tokens) {
        this.settings = settings;
        this.tokens = tokens;
        String frame = read("frame.html");
        for (MailKind kind : MailKind.values()) {
            String text = read(kind.template() + ".txt");
            int end = text.indexOf('\n');
            templates.put(
                    kind,
                    new Template(
                            text.substring(0, end).strip(),
                            text.substring(end).strip() + "\n",
                            frame.replace(
                                    "{{content}}",
                                    read(kind.template() + ".html").strip())));
        }
    }

    /** The same order always becomes the same letter. */
    Letter compose(MailOrder order) {
        Template template = templates.get(order.kind());
        if (template == null) {
            throw new IllegalStateException("no template of " + order.kind());
        }
        Map<String, String> values = values(order, template.subject());
        return new Letter(
                order.id() + "@" + domain(),
                order.at(),
                settings.from(),
                order.to(),
                template.subject(),
                filled(template.text(), values, text -> text),
                filled(template.html(), values, ComposeLetter::escaped));
    }

    private Map<String, String> values(MailOrder order, String subject) {
        Map<String, String> values = new HashMap<>();
        order.facts().forEach((name, fact) -> values.put(name, plain(fact)));
        values.put("subject", subject);
        // mail programs make links of words with dots
        values.put("greeting", order.name().contains(".") ? "Hello," : "Hello " + plain(order.name()) + ",");
        values.put("address", order.to());
        values.put("time", TIME.format(order.at().atOffset(ZoneOffset.UTC)));
        switch (order.kind()) {
            case VERIFY -> values.put("link", link(settings.verificationLink(order.client()), order));
            case RESET -> values.put("link", link(settings.resetLink(), order));
            case PASSWORD_CHANGED, SECOND_FACTOR_REMOVED, NEW_LOGIN, ACCOUNT_DELETED -> {}
        }
        Instant until = order.usefulUntil();
        if (until != null) {
            values.put("validity", validity(Duration.between(order.at(), until)));
        }
        return values;
    }

    private String link(String link, MailOrder order) {
        return link.replace("{token}", tokens.token(order.id()));
    }

    private static String validity(Duration duration) {
        long hours = duration.toHours();
        return hours == 0 ? duration.toMinutes() + " minutes" : hours == 1 ? "one hour" : hours + " hours";
    }

    private String domain() {
        var address = ADDRESS.matcher(settings.from());
        String found = address.find() ? address.group(1) : settings.from();
        return found.substring(found.indexOf('@') + 1);
    }

    private static String filled(String template, Map<String, String> values, UnaryOperator<String> encoding) {
        return PLACEHOLDER.matcher(template).replaceAll(place -> quoted(place, values, encoding));
    }

    private static String quoted(MatchResult place, Map<String, String> values, UnaryOperator<String> encoding) {
        String value = values.get(place.group(1));
        if (value == null) {
            throw new IllegalStateException("nothing to say for " + place.group());
        }
        return java.util.regex.Matcher.quoteReplacement(encoding.apply(value));
    }

    /** One line of modest length, whatever somebody made of it. */
    private static String plain(String fact) {
        return fact.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .limit(LONGEST_FACT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String read(String name) {
        try (InputStream file = ComposeLetter.class.getResourceAsStream("/mail/" + name)) {
            if (file == null) {
                throw new IllegalStateException("no template " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
