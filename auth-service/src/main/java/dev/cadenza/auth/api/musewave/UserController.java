package dev.cadenza.auth.api.musewave;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.Profile;
import dev.cadenza.auth.account.RegisterAccount;
import dev.cadenza.auth.account.Registration;
import dev.cadenza.auth.profile.Actor;
import dev.cadenza.auth.profile.AvatarAddresses;
import dev.cadenza.auth.profile.ListProfiles;
import dev.cadenza.auth.profile.ProfileChange;
import dev.cadenza.auth.profile.ShowProfile;
import dev.cadenza.auth.profile.UpdateProfile;
import dev.cadenza.auth.session.BeginBrowserSession;
import dev.cadenza.auth.session.BrowserSession;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.identity.Area;
import dev.cadenza.platform.core.identity.ClientOrigin;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.platform.web.security.OpenRoutes;
import dev.cadenza.platform.web.security.TokenlessRoutes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Users. */
@RestController("musewaveUserController")
class UserController {

    private static final Logger LOG = LoggerFactory.getLogger(UserController.class);

    private static final String CLIENT = "musewave";
    private static final int LARGEST = 100;
    private static final long LAST = 1_000_000;

    private final ListProfiles list;
    private final ShowProfile show;
    private final RegisterAccount register;
    private final UpdateProfile update;
    private final BeginBrowserSession begin;
    private final AvatarAddresses avatars;
    private final Clock clock;
    private final boolean secure;

    UserController(
            ListProfiles list,
            ShowProfile show,
            RegisterAccount register,
            UpdateProfile update,
            BeginBrowserSession begin,
            AvatarAddresses avatars,
            Clock clock,
            @Value("${cadenza.public-base-url}") URI publicBaseUrl) {
        this.list = list;
        this.show = show;
        this.register = register;
        this.update = update;
        this.begin = begin;
        this.avatars = avatars;
        this.clock = clock;
        this.secure = "https".equals(publicBaseUrl.getScheme());
    }

    /** Routes that need no identity. */
    @Bean
    static OpenRoutes openMusewaveUsers() {
        return OpenRoutes.of(
                HttpMethod.GET,
                "/musewave/users",
                "/musewave/users/",
                "/musewave/users/{id}",
                "/musewave/users/{id}/",
                "/musewave/users/username/{username}",
                "/musewave/users/username/{username}/");
    }

    @Bean
    static TokenlessRoutes musewaveTokenlessRoutes() {
        return TokenlessRoutes.of("/musewave/users/create", "/musewave/users/create/");
    }

    @GetMapping({"/musewave/users", "/musewave/users/"})
    Flux<UserJson> list(
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "0") long offset,
            Optional<Caller> caller) {
        return Flux.defer(() -> list.list(paging(limit, offset))).map(account -> json(account, caller));
    }

    private static Paging paging(int limit, long offset) {
        if (limit < 1 || limit > LARGEST) {
            throw outside("limit", 1, LARGEST);
        }
        if (offset < 0 || offset > LAST) {
            throw outside("offset", 0, LAST);
        }
        return new Paging(offset, limit);
    }

    private static FailureException outside(String name, long least, long most) {
        return Failure.unreadable(
                "parameter.invalid", "The parameter '" + name + "' must be between " + least + " and " + most + ".");
    }

    @GetMapping({"/musewave/users/{id}", "/musewave/users/{id}/"})
    Mono<UserJson> one(@PathVariable String id, Optional<Caller> caller) {
        return Mono.defer(() -> show.byId(parsed(id))).map(account -> json(account, caller));
    }

    @GetMapping({"/musewave/users/username/{username}", "/musewave/users/username/{username}/"})
    Mono<UserJson> oneByName(@PathVariable String username, Optional<Caller> caller) {
        return show.byUsername(username).map(account -> json(account, caller));
    }

    @Operation(
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = UserJson.UserCreation.class))))
    @PostMapping({"/musewave/users/create", "/musewave/users/create/"})
    @ResponseStatus(HttpStatus.CREATED)
    Mono<ResponseEntity<UserJson>> create(@RequestBody Map<String, @Nullable Object> body, ClientOrigin origin) {
        return Mono.defer(() -> {
                    List<Violation> violations = new ArrayList<>();
                    ProfileChange told = ProfileChange.told(body, violations);
                    Registration registration = Registration.of(
                            text(body, "username", violations),
                            text(body, "email", violations),
                            text(body, "password", violations),
                            violations);
                    return register.register(CLIENT, registration, told.applyTo(Profile.EMPTY));
                })
                .flatMap(account -> session(account, origin).map(session -> created(account, session)));
    }

    /** The account is there whatever becomes of this: its owner can log in. */
    private Mono<Optional<BrowserSession>> session(Versioned<Account> account, ClientOrigin origin) {
        return begin.begin(CLIENT, account.id(), origin)
                .map(Optional::of)
                .onErrorResume(FailureException.class, error -> {
                    LOG.warn("{} registered and got no session: {}", account.id(), error.toString());
                    return Mono.just(Optional.empty());
                });
    }

    private ResponseEntity<UserJson> created(Versioned<Account> account, Optional<BrowserSession> session) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(HttpStatus.CREATED);
        session.ifPresent(begun -> answer.header(
                "Set-Cookie",
                ResponseCookie.from("sessionid", begun.cookie())
                        .httpOnly(true)
                        .sameSite("Lax")
                        .secure(secure)
                        .path("/")
                        .maxAge(Duration.between(clock.instant(), begun.expiresAt()))
                        .build()
                        .toString()));
        return answer.body(UserJson.of(account, avatars.shown(account), true));
    }

    @Operation(
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = UserJson.UserUpdate.class))))
    @PatchMapping({"/musewave/users/{id}/update", "/musewave/users/{id}/update/"})
    Mono<UserJson> update(@PathVariable String id, @RequestBody Map<String, @Nullable Object> body, Caller caller) {
        return Mono.defer(() -> update.update(changing(caller), parsed(id), ProfileChange.of(body)))
                .map(account -> UserJson.of(account, avatars.shown(account), true));
    }

    private UserJson json(Versioned<Account> account, Optional<Caller> caller) {
        boolean mayUse = caller.map(viewer -> new Actor(viewer.id(), viewer.isAdmin()))
                .filter(viewer -> viewer.mayUse(account.id()))
                .isPresent();
        return UserJson.of(account, avatars.shown(account), mayUse);
    }

    /** An administrator's API key that may only look changes nothing of others. */
    private static Actor changing(Caller caller) {
        Set<String> scopes = caller.scopes();
        return new Actor(caller.id(), caller.isAdmin() && (scopes == null || scopes.contains(Area.ADMIN.scope(true))));
    }

    /** What is no id is nobody's. */
    private static UUID parsed(String id) {
        return Ids.parse(id).orElseThrow(Account.NOT_FOUND::asException);
    }

    private static @Nullable String text(Map<String, @Nullable Object> body, String field, List<Violation> violations) {
        Object value = body.get(field);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        violations.add(Violation.of(field, "This field must be text."));
        return null;
    }
}
