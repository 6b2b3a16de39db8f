package dev.cadenza.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.platform.web.media.HandOver;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Bodies that a service leaves to the gateway to fetch. */
class StoredBodiesTests extends GatewayIT {

    @Test
    void theBodyComesFromTheStoreAndEverythingElseFromTheService() {
        EntityExchangeResult<byte[]> answer = handedOver(ObjectStand.address() + "/bucket/song?signature=a%2Fb")
                .expectStatus()
                .isEqualTo(206)
                .expectHeader()
                .valueEquals("Content-Range", "bytes 100-999999/3000000")
                .expectHeader()
                .valueEquals("Content-Type", "audio/mpeg")
                .expectHeader()
                .contentLength(999_900)
                .expectHeader()
                .valueEquals("Seen-Service", "catalog")
                .expectHeader()
                .doesNotExist("X-Of-Store")
                .expectHeader()
                .doesNotExist(HandOver.LOCATION)
                .expectHeader()
                .doesNotExist(HandOver.BYTES)
                .expectBody()
                .returnResult();
        assertThat(answer.getResponseBody()).isEqualTo(ObjectStand.bytes(100, 1_000_000));
        assertThat(ObjectStand.ASKED).contains("/bucket/song?signature=a%2Fb");
    }

    @Test
    void servicesLearnWhichStoreTheGatewayReachesAndNotWhatAClientSays() {
        client.get()
                .uri("/api/v1/tracks")
                .header(HandOver.STORE, "http://evil.example")
                .exchange()
                .expectHeader()
                .valueEquals("Seen-" + HandOver.STORE, ObjectStand.address());
        client.head()
                .uri("/api/v1/tracks/7/stream")
                .header(HandOver.STORE, "http://evil.example")
                .exchange()
                .expectHeader()
                .doesNotExist("Seen-" + HandOver.STORE);
    }

    @ParameterizedTest
    @CsvSource({"refused, 503", "whole, 503", "short, 503", "never, 503", "nothing, 404"})
    void aStoreThatDoesNotGiveWhatWasPromisedIsSaidSoInTheDialect(String object, int status) {
        handedOver(ObjectStand.address() + "/bucket/" + object)
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .doesNotExist("Content-Range")
                .expectBody()
                .jsonPath("$.success")
                .isEqualTo(false);
        // and the gateway goes on
        handedOver(ObjectStand.address() + "/bucket/song").expectStatus().isEqualTo(206);
    }

    @Test
    void aBodyThatBreaksOffIsNotTakenForAWholeOne() throws Exception {
        String answer =
                raw("GET /api/v1/tracks/7/stream?handed-over=" + ObjectStand.address() + "/bucket/broken HTTP/1.1");
        assertThat(answer).startsWith("HTTP/1.1 206").containsIgnoringCase("content-length: 999900");
        assertThat(answer.getBytes(StandardCharsets.UTF_8).length).isLessThan(900_000);
    }

    @Test
    void nothingButTheStoreIsAsked() {
        String path = "/bucket/" + UUID.randomUUID();
        String elsewhere = ObjectStand.address().replace("127.0.0.1", "localhost");
        handedOver(elsewhere + path).expectStatus().isEqualTo(500);
        handedOver(ObjectStand.address() + ".evil.example" + path)
                .expectStatus()
                .isEqualTo(500);
        assertThat(ObjectStand.ASKED).noneMatch(asked -> asked.contains(path));
    }

    private WebTestClient.ResponseSpec handedOver(String location) {
        return client.mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(ObjectStand.SIZE))
                .build()
                .get()
                .uri(URI.create("http://127.0.0.1:" + port + "/api/v1/tracks/7/stream?handed-over=" + location))
                .exchange();
    }
}
