package dev.cadenza.gateway.watch;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * One line of JSON per request, on the logger {@code access}. Everything but ASCII is escaped, so that no client can
 * write a line, or colours, of its own. {@code logging.level.access=off} switches it off.
 */
public final class AccessLog implements Watcher {

    private static final Logger LOG = LoggerFactory.getLogger("access");
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    @Override
    public void saw(Visit visit) {
        if (LOG.isInfoEnabled()) {
            LOG.info(JSON.writeValueAsString(Line.of(visit)));
        }
    }

    private record Line(
            Instant time,
            String requestId,
            String method,
            String path,
            int status,
            long bytesIn,
            long bytesOut,
            double ms,
            String ip,
            @Nullable UUID user,
            @Nullable String key,
            @Nullable String session,
            @Nullable String route,
            @Nullable String service,
            String agent,
            @Nullable Boolean brokenOff) {

        private static final double NANOS_PER_MICRO = 1_000;

        static Line of(Visit visit) {
            return new Line(
                    visit.at(),
                    visit.requestId(),
                    visit.method(),
                    visit.path(),
                    visit.status(),
                    visit.bytesIn(),
                    visit.bytesOut(),
                    Math.round(visit.nanos() / NANOS_PER_MICRO) / 1_000.0,
                    visit.ip(),
                    visit.visitor().user(),
                    visit.visitor().key(),
                    visit.visitor().session(),
                    visit.route(),
                    visit.service(),
                    visit.userAgent(),
                    visit.complete() ? null : Boolean.TRUE);
        }
    }
}
