package dev.cadenza.gateway.watch;

import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * One line of JSON per request, on the logger {@code access}. Everything but ASCII is escaped, so that no client can
 * write a line, or colours, of its own. {@code logging.level.access=off} switches it off.
 */
public final class AccessLog implements Watcher {

    private static final Logger LOG = LoggerFactory.getLogger("access");
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final double NANOS_PER_MICRO = 1_000;
    /** Longer than most lines. */
    private static final int LENGTH = 512;

    @Override
    public void saw(Visit visit) {
        if (LOG.isInfoEnabled()) {
            LOG.info(line(visit));
        }
    }

    /** Written key by key: this is done for every request. */
    private static String line(Visit visit) {
        StringWriter line = new StringWriter(LENGTH);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
            json.writeStartObject();
            json.writeStringProperty("time", visit.at().toString());
            json.writeStringProperty("request_id", visit.requestId());
            json.writeStringProperty("method", visit.method());
            json.writeStringProperty("path", visit.path());
            json.writeNumberProperty("status", visit.status());
            json.writeNumberProperty("bytes_in", visit.bytesIn());
            json.writeNumberProperty("bytes_out", visit.bytesOut());
            json.writeNumberProperty("ms", Math.round(visit.nanos() / NANOS_PER_MICRO) / 1_000.0);
            json.writeStringProperty("ip", visit.ip());
            Visitor visitor = visit.visitor();
            write(json, "user", visitor.user());
            write(json, "key", visitor.key());
            write(json, "session", visitor.session());
            write(json, "route", visit.route());
            write(json, "service", visit.service());
            json.writeStringProperty("agent", visit.userAgent());
            if (!visit.complete()) {
                json.writeBooleanProperty("broken_off", true);
            }
            json.writeEndObject();
        }
        return line.toString();
    }

    private static void write(JsonGenerator json, String name, @Nullable Object value) {
        if (value != null) {
            json.writeStringProperty(name, value.toString());
        }
    }
}
