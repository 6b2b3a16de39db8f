package dev.cadenza.analytics.api.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cadenza.analytics.audit.Anchor;
import dev.cadenza.analytics.audit.Verification;
import dev.cadenza.analytics.audit.VerifyChain;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.web.security.OpenRoutes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** Whether the audit log is what it was. */
@RestController
class AuditVerificationController {

    private static final String PATH = "/internal/audit/verify";

    private final VerifyChain verifyChain;

    AuditVerificationController(VerifyChain verifyChain) {
        this.verifyChain = verifyChain;
    }

    @GetMapping(path = PATH, produces = MediaType.APPLICATION_NDJSON_VALUE)
    Flux<VerificationJson> verify(@RequestParam(name = "anchor", defaultValue = "") List<String> anchors) {
        return verifyChain
                .verify(anchors.stream()
                        .map(text -> Anchor.parse(text)
                                .orElseThrow(() -> Failure.unreadable(
                                        "anchor.invalid", "An anchor is <seq>:<64 hexadecimal digits>.")))
                        .toList())
                .map(VerificationJson::of);
    }

    @Bean
    static OpenRoutes internalOpenRoutes() {
        return OpenRoutes.of(HttpMethod.GET, PATH);
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record VerificationJson(
            boolean finished,
            boolean valid,
            long rows,
            long anchors,
            String head,
            @Nullable BreakJson broken) {

        static VerificationJson of(Verification verification) {
            Verification.Break broken = verification.broken();
            return new VerificationJson(
                    verification.finished(),
                    broken == null,
                    verification.rows(),
                    verification.anchors(),
                    verification.head().toString(),
                    broken == null ? null : new BreakJson(broken.seq(), broken.reason()));
        }
    }

    record BreakJson(long seq, String reason) {}
}
