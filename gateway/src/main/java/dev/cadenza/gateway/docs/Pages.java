package dev.cadenza.gateway.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.springframework.core.io.ClassPathResource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The files of the two pages: Swagger UI and ReDoc, with everything they load. Read when they are first asked for, then
 * kept.
 */
public final class Pages {

    private static final int AN_HOUR = 3_600;
    private static final String HTML = "text/html;charset=UTF-8";
    private static final String SCRIPT = "text/javascript;charset=UTF-8";
    private static final String STYLE = "text/css;charset=UTF-8";
    private static final String TEXT = "text/plain;charset=UTF-8";

    /** Both pages make styles by script; nothing else that is inline works, and nothing is loaded from elsewhere. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; ";

    private final Map<String, Mono<Content>> files = new HashMap<>();
    private final Scheduler scheduler;

    /**
     * Reads on {@code scheduler}.
     *
     * @param ownOrigin as clients see it: what Swagger UI sends its requests to
     */
    public Pages(String ownOrigin, Scheduler scheduler) {
        this.scheduler = scheduler;
        String webjar = "META-INF/resources/webjars/swagger-ui/" + version() + "/";
        page("/swagger/index.html", "pages/swagger/index.html", POLICY + "connect-src 'self' " + ownOrigin);
        asset("/swagger/swagger-initializer.js", "pages/swagger/swagger-initializer.js", SCRIPT);
        asset("/swagger/swagger-ui-bundle.js", webjar + "swagger-ui-bundle.js", SCRIPT);
        asset("/swagger/swagger-ui-bundle.js.LICENSE.txt", webjar + "swagger-ui-bundle.js.LICENSE.txt", TEXT);
        asset("/swagger/swagger-ui.css", webjar + "swagger-ui.css", STYLE);
        asset("/swagger/index.css", webjar + "index.css", STYLE);
        asset("/swagger/favicon-32x32.png", webjar + "favicon-32x32.png", "image/png");
        // it searches in a worker that it makes of a text
        page("/redoc", "pages/redoc/index.html", POLICY + "connect-src 'self'; worker-src blob:");
        asset("/redoc/redoc.standalone.js", "pages/redoc/redoc.standalone.js", SCRIPT);
        asset("/redoc/redoc.standalone.js.LICENSE.txt", "pages/redoc/redoc.standalone.js.LICENSE.txt", TEXT);
    }

    /** The file at this path; empty where there is none. */
    Mono<Content> at(String path) {
        return files.getOrDefault(path, Mono.empty());
    }

    private void page(String path, String resource, String policy) {
        file(path, resource, HTML, 0, policy);
    }

    private void asset(String path, String resource, String type) {
        file(path, resource, type, AN_HOUR, "");
    }

    private void file(String path, String resource, String type, int maxAge, String policy) {
        files.put(
                path,
                Mono.fromCallable(() -> Content.of(type, read(resource), maxAge, policy))
                        .subscribeOn(scheduler)
                        .cache());
    }

    private static byte[] read(String resource) throws IOException {
        return new ClassPathResource(resource).getContentAsByteArray();
    }

    private static String version() {
        try (InputStream file =
                new ClassPathResource("META-INF/maven/org.webjars/swagger-ui/pom.properties").getInputStream()) {
            Properties properties = new Properties();
            properties.load(file);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
