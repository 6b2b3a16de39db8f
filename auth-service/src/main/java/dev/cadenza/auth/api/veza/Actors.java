package dev.cadenza.auth.api.veza;

import dev.cadenza.auth.profile.Actor;
import dev.cadenza.platform.core.identity.Area;
import dev.cadenza.platform.web.security.Caller;
import java.util.Set;

/** Who asks, as the features know them. */
final class Actors {

    private Actors() {}

    /** For looking. */
    static Actor looking(Caller caller) {
        return new Actor(caller.id(), caller.isAdmin());
    }

    /** For changing: an administrator's API key that may only look changes nothing of others. */
    static Actor changing(Caller caller) {
        Set<String> scopes = caller.scopes();
        return new Actor(caller.id(), caller.isAdmin() && (scopes == null || scopes.contains(Area.ADMIN.scope(true))));
    }
}
