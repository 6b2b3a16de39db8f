package dev.cadenza.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code search rebuild}: has catalog-service make its search index anew from the database, and waits for it. */
final class Search {

    private static final String SERVICE = "catalog-service";

    private final Options options;

    Search(Options options) {
        this.options = options;
    }

    int run() throws IOException, InterruptedException {
        if (!options.operands().equals(List.of("rebuild"))) {
            throw new Problem("search knows one thing to do: ./cadenza search rebuild");
        }
        String address = StackState.addressOf(SERVICE, options);
        System.out.println("Rebuilding the search index; searches go on meanwhile.");
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/internal/search/rebuild"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode things = JsonMapper.shared().readTree(answer.body()).path("things");
            if (answer.statusCode() != 200 || !things.isNumber()) {
                throw new Problem(SERVICE + " could not rebuild the index; ./cadenza logs " + SERVICE + " tells more.");
            }
            System.out.println("Done: " + things.asLong() + " tracks, albums, playlists and people are in it.");
            return 0;
        } catch (IOException | JacksonException e) {
            throw new Problem(SERVICE + " at " + address + " does not answer; ./cadenza status tells more.", e);
        }
    }
}
