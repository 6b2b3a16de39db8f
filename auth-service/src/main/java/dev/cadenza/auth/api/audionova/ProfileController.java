package dev.cadenza.auth.api.audionova;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.ShowAccount;
import dev.cadenza.auth.account.TakenNames;
import dev.cadenza.auth.profile.Actor;
import dev.cadenza.auth.profile.AvatarAddresses;
import dev.cadenza.auth.profile.ProfileChange;
import dev.cadenza.auth.profile.UpdateProfile;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.web.dialect.Problems;
import dev.cadenza.platform.web.security.Caller;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** One's own profile. */
@RestController("audionovaProfileController")
class ProfileController {

    private final ShowAccount show;
    private final UpdateProfile update;
    private final AvatarAddresses avatars;
    private final Bodies bodies;

    ProfileController(ShowAccount show, UpdateProfile update, AvatarAddresses avatars, Bodies bodies) {
        this.show = show;
        this.update = update;
        this.avatars = avatars;
        this.bodies = bodies;
    }

    @GetMapping({"/api/auth/user/profile", "/api/auth/user/profile/"})
    Mono<AuthJson.ProfileJson> show(Caller caller) {
        return show.show(caller.id())
                .map(this::json)
                // a token may outlive its account
                .switchIfEmpty(Mono.error(Problems.UNAUTHENTICATED::asException));
    }

    /** What is not sent stays, also with PUT; the address is not changed here. */
    @RequestMapping(
            path = {"/api/auth/user/profile", "/api/auth/user/profile/"},
            method = {RequestMethod.PUT, RequestMethod.PATCH})
    Mono<AuthJson.ProfileJson> update(Caller caller, ServerWebExchange exchange) {
        return bodies.of(exchange)
                .flatMap(body -> update.update(new Actor(caller.id(), false), caller.id(), ProfileChange.of(body)))
                .map(this::json)
                .onErrorMap(error -> TakenNames.of(error)
                        .<Throwable>map(violation -> Failure.invalid(List.of(violation)))
                        .orElse(error));
    }

    private AuthJson.ProfileJson json(Versioned<Account> account) {
        return AuthJson.ProfileJson.of(account, avatars.shown(account));
    }
}
