package dev.cadenza.auth.role;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.platform.core.identity.Area;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoleTests {

    @Test
    void idsNeverChange() {
        assertThat(Stream.of(Role.values()).map(role -> role.word() + " " + role.id()))
                .containsExactly(
                        "user 2a3c5b0e-6f0d-4c57-9f5a-1d8c3a7e0001",
                        "artist 2a3c5b0e-6f0d-4c57-9f5a-1d8c3a7e0002",
                        "partner 2a3c5b0e-6f0d-4c57-9f5a-1d8c3a7e0003",
                        "admin 2a3c5b0e-6f0d-4c57-9f5a-1d8c3a7e0004");
    }

    @Test
    void onlyAdministratorsAdminister() {
        assertThat(Role.scopes(List.of("user", "artist", "partner"))).noneMatch(scope -> scope.startsWith("admin:"));
        assertThat(Role.scopes(List.of("user", "admin")))
                .hasSize(Area.values().length * 2)
                .contains("admin:write");
        assertThat(Role.scopes(List.of("offline_access", "default-roles-cadenza")))
                .isEmpty();
    }

    @Test
    void theStrongestIsShownWhereThereIsRoomForOne() {
        assertThat(Role.strongest(List.of("artist", "user", "partner"))).isEqualTo(Role.PARTNER);
        assertThat(Role.strongest(List.of("admin", "user"))).isEqualTo(Role.ADMIN);
        assertThat(Role.strongest(List.of("offline_access"))).isEqualTo(Role.USER);
    }
}
