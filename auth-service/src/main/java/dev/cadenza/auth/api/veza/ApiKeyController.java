package dev.cadenza.auth.api.veza;

import dev.cadenza.auth.key.ApiKey;
import dev.cadenza.auth.key.CreateKey;
import dev.cadenza.auth.key.KeyRequest;
import dev.cadenza.auth.key.KeyWithSecret;
import dev.cadenza.auth.key.ListKeys;
import dev.cadenza.auth.key.RevokeKey;
import dev.cadenza.auth.key.RotateKey;
import dev.cadenza.auth.key.ShowKey;
import dev.cadenza.platform.web.VezaEnvelope;
import dev.cadenza.platform.web.security.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The caller's API keys. */
@RestController("vezaApiKeyController")
@RequestMapping("/api/v1/api-keys")
class ApiKeyController {

    private final CreateKey createKey;
    private final ListKeys listKeys;
    private final ShowKey showKey;
    private final RotateKey rotateKey;
    private final RevokeKey revokeKey;
    private final Clock clock;

    ApiKeyController(
            CreateKey createKey,
            ListKeys listKeys,
            ShowKey showKey,
            RotateKey rotateKey,
            RevokeKey revokeKey,
            Clock clock) {
        this.createKey = createKey;
        this.listKeys = listKeys;
        this.showKey = showKey;
        this.rotateKey = rotateKey;
        this.revokeKey = revokeKey;
        this.clock = clock;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Mono<ResponseEntity<VezaEnvelope<WithSecretJson>>> create(@RequestBody CreateJson body, Caller caller) {
        return Mono.defer(() -> createKey.create(caller.requireAccountUse().id(), body.request()))
                .map(made -> secret(HttpStatus.CREATED, made));
    }

    @GetMapping
    Mono<VezaEnvelope<KeysJson>> list(Caller caller) {
        return Mono.defer(() -> listKeys.list(caller.requireAccountUse().id()))
                .map(keys -> VezaEnvelope.data(
                        new KeysJson(keys.stream().map(this::json).toList())));
    }

    @GetMapping("/{id}")
    Mono<VezaEnvelope<OneJson>> show(@PathVariable String id, Caller caller) {
        return Mono.defer(() -> showKey.show(caller.requireAccountUse().id(), id))
                .map(key -> VezaEnvelope.data(new OneJson(json(key))));
    }

    @DeleteMapping("/{id}")
    Mono<VezaEnvelope<VezaEnvelope.Message>> revoke(@PathVariable String id, Caller caller) {
        return Mono.defer(() -> revokeKey.revoke(caller.requireAccountUse().id(), id))
                .then(Mono.fromSupplier(() -> VezaEnvelope.message("API key revoked successfully")));
    }

    @PostMapping("/{id}/rotate")
    Mono<ResponseEntity<VezaEnvelope<WithSecretJson>>> rotate(
            @PathVariable String id, @RequestBody(required = false) @Nullable RotateJson body, Caller caller) {
        return Mono.defer(() -> rotateKey.rotate(
                        caller.requireAccountUse().id(), id, body == null ? null : body.graceSeconds()))
                .map(rotated -> secret(HttpStatus.OK, rotated));
    }

    private ResponseEntity<VezaEnvelope<WithSecretJson>> secret(HttpStatus status, KeyWithSecret key) {
        return ResponseEntity.status(status)
                .cacheControl(CacheControl.noStore())
                .body(VezaEnvelope.data(
                        new WithSecretJson(json(key.key()), key.secret().text())));
    }

    private KeyJson json(ApiKey key) {
        ApiKey.Use use = key.lastUse();
        return new KeyJson(
                key.id(),
                key.name(),
                key.prefix(),
                key.scopes(),
                key.requestsPerMinute(),
                key.status(clock.instant()).name().toLowerCase(Locale.ROOT),
                key.createdAt(),
                key.expiresAt(),
                key.revokedAt(),
                use == null ? null : use.at(),
                use == null ? null : use.ip());
    }

    record CreateJson(
            @Nullable String name,
            @Nullable List<@Nullable String> scopes,
            @Nullable Long expiresInDays,
            @Nullable String expiresAt,
            @Nullable Long requestsPerMinute) {

        KeyRequest request() {
            return new KeyRequest(name, scopes, expiresInDays, expiresAt, requestsPerMinute);
        }
    }

    record RotateJson(@Nullable Long graceSeconds) {}

    record KeyJson(
            String id,
            String name,
            String prefix,
            List<String> scopes,
            int requestsPerMinute,
            String status,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt,
            @Nullable Instant lastUsedAt,
            @Nullable String lastUsedIp) {}

    record OneJson(KeyJson apiKey) {}

    record KeysJson(List<KeyJson> apiKeys) {}

    record WithSecretJson(KeyJson apiKey, String secret) {
        @Override
        public String toString() {
            return "WithSecretJson[" + apiKey.id() + "]";
        }
    }
}
