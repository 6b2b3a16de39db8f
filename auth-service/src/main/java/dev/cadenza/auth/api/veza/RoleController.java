package dev.cadenza.auth.api.veza;

import dev.cadenza.auth.role.Role;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.web.VezaEnvelope;
import dev.cadenza.platform.web.security.Caller;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The roles that there are. */
@RestController("vezaRoleController")
@RequestMapping("/api/v1/roles")
class RoleController {

    @GetMapping
    Mono<VezaEnvelope<RolesJson>> list(Caller caller) {
        return Mono.just(VezaEnvelope.data(
                new RolesJson(Stream.of(Role.values()).map(RoleJson::of).toList())));
    }

    @GetMapping("/{id}")
    Mono<VezaEnvelope<OneJson>> show(@PathVariable UUID id, Caller caller) {
        return Mono.justOrEmpty(Role.of(id))
                .map(role -> VezaEnvelope.data(new OneJson(RoleJson.of(role))))
                .switchIfEmpty(Mono.error(() -> Failure.notFound("role.not_found", "Role not found")));
    }

    record RoleJson(UUID id, String name, List<String> permissions) {

        static RoleJson of(Role role) {
            return new RoleJson(role.id(), role.word(), role.isEverything() ? List.of("all") : role.scopes());
        }
    }

    record RolesJson(List<RoleJson> roles) {}

    record OneJson(RoleJson role) {}
}
