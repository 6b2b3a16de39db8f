package dev.cadenza.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code audit verify [SEQ:HASH ...]}: has analytics-service compute its hash chain anew. Exit code 1 where the audit log is
 * not what it was.
 */
final class Audit {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SERVICE = "analytics-service";
    private static final String ANCHOR = "[0-9]{1,18}:[0-9a-f]{64}";

    private final Options options;

    Audit(Options options) {
        this.options = options;
    }

    int run() throws IOException, InterruptedException {
        List<String> operands = options.operands();
        if (operands.isEmpty() || !operands.getFirst().equals("verify")) {
            throw new Problem("audit knows one thing to do: ./cadenza audit verify [SEQ:HASH ...]");
        }
        List<String> anchors = operands.subList(1, operands.size());
        anchors.stream().filter(anchor -> !anchor.matches(ANCHOR)).findFirst().ifPresent(wrong -> {
            throw new Problem("\"" + wrong + "\" is not what an earlier audit verify printed, SEQ:HASH.");
        });
        return show(verify(StackState.addressOf(SERVICE, options), anchors));
    }

    private static JsonNode verify(String address, List<String> anchors) throws IOException, InterruptedException {
        String query = anchors.stream()
                .map(anchor -> "anchor=" + anchor.replace(":", "%3A"))
                .collect(Collectors.joining("&", "?", ""));
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/internal/audit/verify" + query))
                .build();
        try (HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(5))
                        .build();
                Stream<String> lines = client.send(request, HttpResponse.BodyHandlers.ofLines())
                        .body()) {
            for (Iterator<String> rest = lines.iterator(); rest.hasNext(); ) {
                JsonNode line = JSON.readTree(rest.next());
                if (line.path("finished").asBoolean(false)) {
                    return line;
                }
                progress(line);
            }
        } catch (IOException | UncheckedIOException | JacksonException e) {
            throw new Problem(SERVICE + " at " + address + " does not answer; ./cadenza status tells more.", e);
        }
        throw new Problem(
                SERVICE + " could not go through the whole audit log; ./cadenza logs " + SERVICE + " tells more.");
    }

    private static void progress(JsonNode line) {
        if (System.console() != null && line.path("rows").isNumber()) {
            System.err.print("\r" + line.path("rows").asLong() + " rows ");
        }
    }

    private static int show(JsonNode result) {
        System.out.println("rows     " + result.path("rows").asLong());
        System.out.println("anchors  " + result.path("anchors").asLong());
        System.out.println("head     " + result.path("head").asString());
        JsonNode broken = result.path("broken");
        if (broken.isObject()) {
            System.out.println("BROKEN at row " + broken.path("seq").asLong() + ": "
                    + broken.path("reason").asString());
            return 1;
        }
        System.out.println("The audit log is as it was written. Keep the head elsewhere: given to a later");
        System.out.println("./cadenza audit verify, it shows whether rows were cut off or all were written anew.");
        return 0;
    }
}
