package dev.cadenza.gateway.route;

import dev.cadenza.platform.core.identity.Area;

/** Which identities a route takes notice of. */
public sealed interface Access {

    /** Nobody's: such routes give identities out, or need none. What a client sends of its identity is not looked at. */
    record Open() implements Access {}

    /** A person's: concerns the account itself, so API keys are refused. */
    record AccountOnly() implements Access {}

    /** Everybody's; an API key needs the scope of this area. */
    record Scoped(Area area) implements Access {}
}
