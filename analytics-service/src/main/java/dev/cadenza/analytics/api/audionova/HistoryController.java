package dev.cadenza.analytics.api.audionova;

import dev.cadenza.analytics.play.Heard;
import dev.cadenza.analytics.play.ReadHistory;
import dev.cadenza.platform.web.drf.DrfPage;
import dev.cadenza.platform.web.drf.DrfPages;
import dev.cadenza.platform.web.security.Caller;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What the caller listened to. */
@RestController("audionovaHistoryController")
class HistoryController {

    private final ReadHistory readHistory;
    private final DrfPages pages;

    HistoryController(ReadHistory readHistory, DrfPages pages) {
        this.readHistory = readHistory;
        this.pages = pages;
    }

    @Parameter(
            name = "page",
            in = ParameterIn.QUERY,
            description = "from 1, or last",
            schema = @Schema(type = "string"))
    @GetMapping({"/api/playback-history", "/api/playback-history/"})
    Mono<DrfPage<HeardJson>> history(Caller caller, ServerWebExchange exchange) {
        return pages.page(
                exchange.getRequest(),
                paging -> readHistory.read(caller.id(), paging).map(page -> page.map(HeardJson::of)));
    }

    record HeardJson(String song, Instant playedAt) {
        static HeardJson of(Heard heard) {
            return new HeardJson(heard.title(), heard.at());
        }
    }
}
