package dev.cadenza.platform.events;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A small aggregate for tests. */
record Account(UUID owner, String name, int balance, Instant openedAt) {

    static final String TOPIC = "test.account.v1";

    sealed interface Event {}

    record Opened() implements Event {}

    record Paid(int amount) implements Event {}

    record Closed() implements Event {}

    /** What others read. */
    record Snapshot(UUID accountId, String name, int balance) {}

    static AggregateDefinition<Account, Event> definition(String topic) {
        return new AggregateDefinition<>(
                "accounts",
                Account.class,
                topic,
                true,
                Account::message,
                List.of(
                        IndexSpec.unique(
                                "account.duplicate", "There is one of this name.", "state.owner", "state.name"),
                        IndexSpec.on("state.owner", "-state.openedAt")));
    }

    private static EventMessage message(Versioned<Account> account, Event event) {
        String type =
                switch (event) {
                    case Opened opened -> "test.account.opened";
                    case Paid paid -> "test.account.paid";
                    case Closed closed -> "test.account.closed";
                };
        return new EventMessage(
                type,
                1,
                new Snapshot(
                        account.id(), account.state().name(), account.state().balance()));
    }

    static Change<Account, Event> opened(String name) {
        return Change.of(new Account(UUID.randomUUID(), name, 0, Instant.now()), new Opened());
    }

    Change<Account, Event> paid(int amount) {
        return Change.of(new Account(owner, name, balance + amount, openedAt), new Paid(amount));
    }
}
