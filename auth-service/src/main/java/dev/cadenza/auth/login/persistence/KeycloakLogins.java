package dev.cadenza.auth.login.persistence;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import dev.cadenza.auth.account.Password;
import dev.cadenza.auth.keycloak.KeycloakGuard;
import dev.cadenza.auth.keycloak.KeycloakSettings;
import dev.cadenza.auth.login.LogIn;
import dev.cadenza.auth.login.Logins;
import dev.cadenza.auth.login.RefreshLogin;
import dev.cadenza.auth.login.Tokens;
import dev.cadenza.platform.core.Failure;
import io.netty.channel.ChannelOption;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Token sessions in Keycloak, over its token endpoint. */
@Component
class KeycloakLogins implements Logins {

    // longer than anything that Keycloak was given or gave out; endless ones it refuses in a way that looks like an
    // outage
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_PASSWORD = 1_024;
    private static final int LONGEST_CODE = 64;
    private static final int LONGEST_TOKEN = 16_384;

    private final KeycloakSettings settings;
    private final KeycloakGuard guard;
    private final WebClient http;
    private final Clock clock;

    KeycloakLogins(KeycloakSettings settings, KeycloakGuard guard, Clock clock) {
        this.clock = clock;
        this.settings = settings;
        this.guard = guard;
        ConnectionProvider connections = ConnectionProvider.builder("keycloak")
                .maxConnections(64)
                .pendingAcquireMaxCount(256)
                .pendingAcquireTimeout(settings.connectTimeout())
                .maxIdleTime(Duration.ofSeconds(20))
                .build();
        this.http = WebClient.builder()
                .baseUrl(settings.url() + "/realms/" + settings.realm() + "/protocol/openid-connect")
                .clientConnector(new ReactorClientHttpConnector(HttpClient.create(connections)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                                settings.connectTimeout().toMillis())
                        .responseTimeout(settings.responseTimeout())))
                .build();
    }

    @Override
    public Mono<Tokens> begin(String client, String usernameOrEmail, Password password, @Nullable String otp) {
        if (isEndless(usernameOrEmail, password) || otp != null && otp.length() > LONGEST_CODE) {
            return Mono.error(LogIn.WRONG::asException);
        }
        MultiValueMap<String, String> form = password(form(client, "password"), usernameOrEmail, password);
        if (otp != null) {
            form.add("otp", otp);
        }
        return grant(form, LogIn.WRONG).map(this::tokens);
    }

    @Override
    public Mono<Void> check(String usernameOrEmail, Password password) {
        if (isEndless(usernameOrEmail, password)) {
            return Mono.error(LogIn.WRONG::asException);
        }
        // the realm lets this one client do without the second factor; what its tokens are good for is nothing
        return grant(password(ownForm("password"), usernameOrEmail, password), LogIn.WRONG)
                .flatMap(answer -> end(ownForm(""), answer.refreshToken()));
    }

    private static boolean isEndless(String usernameOrEmail, Password password) {
        return usernameOrEmail.length() > LONGEST_NAME || password.value().length() > LONGEST_PASSWORD;
    }

    private static MultiValueMap<String, String> password(
            MultiValueMap<String, String> form, String usernameOrEmail, Password password) {
        form.add("username", usernameOrEmail);
        form.add("password", password.value());
        return form;
    }

    @Override
    public Mono<Tokens> renew(String client, String refreshToken) {
        if (refreshToken.length() > LONGEST_TOKEN) {
            return Mono.error(RefreshLogin.NOT_RENEWED::asException);
        }
        MultiValueMap<String, String> form = form(client, "refresh_token");
        form.add("refresh_token", refreshToken);
        return grant(form, RefreshLogin.NOT_RENEWED).map(this::tokens);
    }

    @Override
    public Mono<Void> end(String client, String refreshToken) {
        return end(form(client, ""), refreshToken);
    }

    private Mono<Void> end(MultiValueMap<String, String> form, String refreshToken) {
        form.remove("grant_type");
        form.add("refresh_token", refreshToken);
        return guard.guarded(http.post()
                .uri("/logout")
                .body(BodyInserters.fromFormData(form))
                .exchangeToMono(response -> response.statusCode().is2xxSuccessful()
                        ? response.releaseBody()
                        : refusal(response)
                                .flatMap(error -> error.equals("invalid_grant")
                                        ? Mono.empty()
                                        : Mono.error(guard.unexpected(response.statusCode() + " " + error)))));
    }

    private Mono<TokenAnswer> grant(MultiValueMap<String, String> form, Failure refused) {
        return guard.guarded(http.post()
                .uri("/token")
                .body(BodyInserters.fromFormData(form))
                .exchangeToMono(response -> response.statusCode().is2xxSuccessful()
                        ? response.bodyToMono(TokenAnswer.class)
                        : refusal(response)
                                .flatMap(error -> Mono.error(
                                        error.equals("invalid_grant")
                                                ? refused.asException()
                                                : guard.unexpected(response.statusCode() + " " + error)))));
    }

    private MultiValueMap<String, String> form(String client, String grantType) {
        return form(client, settings.secretOf(client), grantType);
    }

    private MultiValueMap<String, String> ownForm(String grantType) {
        return form(settings.adminClientId(), settings.adminClientSecret(), grantType);
    }

    private static MultiValueMap<String, String> form(String id, String secret, String grantType) {
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        form.add("grant_type", grantType);
        form.add("client_id", id);
        form.add("client_secret", secret);
        return form;
    }

    /** The error's name; empty where the answer is not Keycloak's. */
    private static Mono<String> refusal(ClientResponse response) {
        return response.bodyToMono(ErrorAnswer.class)
                .onErrorComplete()
                .mapNotNull(ErrorAnswer::error)
                .defaultIfEmpty("");
    }

    private Tokens tokens(TokenAnswer answer) {
        try {
            // fresh from the issuer: whoever uses the token checks its signature
            JWTClaimsSet claims = JWTParser.parse(answer.accessToken()).getJWTClaimsSet();
            Date issued = claims.getIssueTime();
            Date expires = claims.getExpirationTime();
            // what Keycloak says is the rest of the lifetime, one second less whenever a second has just begun
            long lifetime = issued == null || expires == null
                    ? answer.expiresIn()
                    : Duration.between(issued.toInstant(), expires.toInstant()).toSeconds();
            return new Tokens(
                    UUID.fromString(claims.getSubject()),
                    Objects.requireNonNull(claims.getStringClaim("sid")),
                    answer.accessToken(),
                    answer.refreshToken(),
                    lifetime,
                    clock.instant().plusSeconds(answer.refreshExpiresIn()));
        } catch (ParseException | IllegalArgumentException | NullPointerException e) {
            // a user of the realm that is none of our accounts
            throw LogIn.WRONG.asException();
        }
    }

    private record TokenAnswer(
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("refresh_token") String refreshToken,
            @JsonProperty("expires_in") long expiresIn,
            @JsonProperty("refresh_expires_in") long refreshExpiresIn) {}

    private record ErrorAnswer(@Nullable String error) {}
}
