package dev.cadenza.auth.account.persistence;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.AccountEvent;
import dev.cadenza.auth.account.AccountFilter;
import dev.cadenza.auth.account.Accounts;
import dev.cadenza.auth.account.messaging.AccountEventTranslator;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.AggregateDefinition;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.IndexSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Repository
class MongoAccounts implements Accounts {

    private static final String USERNAME = "state.username";
    private static final String EMAIL = "state.email";
    private static final String STATUS = "state.status";
    private static final String CREATED_AT = "state.createdAt";
    private static final String TOKEN = "state.verification.tokens.hash";
    private static final String RESET = "state.reset.tokenHash";
    private static final String MAILS_AT = "state.mails.at";
    private static final String ROLES = "state.roles";
    private static final String IDENTITY_AT = "state.duties.identityAt";
    private static final String SESSIONS_AT = "state.duties.sessionsAt";
    private static final String LOCKED = "state.locked";
    private static final int BATCH = 100;
    private static final Bson REGISTERED = eq(STATUS, Account.Status.REGISTERED.name());

    /** Ids are ordered by time, and unlike times no two are the same. */
    private static final Bson NEWEST_FIRST = descending("_id");

    private final AggregateCollection<Account, AccountEvent> collection;

    MongoAccounts(Aggregates aggregates) {
        this.collection = aggregates.collection(new AggregateDefinition<>(
                "accounts",
                Account.class,
                AccountEventTranslator.TOPIC,
                true,
                AccountEventTranslator::translate,
                List.of(
                        IndexSpec.unique(USERNAME_TAKEN.code(), USERNAME_TAKEN.message(), USERNAME),
                        IndexSpec.unique(EMAIL_TAKEN.code(), EMAIL_TAKEN.message(), EMAIL),
                        IndexSpec.on(TOKEN),
                        IndexSpec.on(RESET),
                        IndexSpec.on(MAILS_AT),
                        IndexSpec.on(ROLES, "-_id"),
                        IndexSpec.on(IDENTITY_AT),
                        IndexSpec.on(SESSIONS_AT),
                        IndexSpec.on(STATUS, CREATED_AT),
                        IndexSpec.on(STATUS, "-_id"),
                        IndexSpec.on(LOCKED, "-_id"))));
    }

    @Override
    public Mono<Versioned<Account>> insert(UUID id, Change<Account, AccountEvent> change) {
        return collection.insert(id, change);
    }

    @Override
    public Mono<Versioned<Account>> find(UUID id) {
        return collection.find(id);
    }

    @Override
    public Mono<Versioned<Account>> findByUsername(String username) {
        return collection.findOne(eq(USERNAME, username));
    }

    @Override
    public Mono<Versioned<Account>> findByEmail(String email) {
        return collection.findOne(eq(EMAIL, email));
    }

    @Override
    public Mono<Versioned<Account>> findByToken(String tokenHash) {
        return collection.findOne(eq(TOKEN, tokenHash));
    }

    @Override
    public Flux<Versioned<Account>> find(Collection<UUID> ids) {
        return collection.find(in("_id", ids));
    }

    @Override
    public Flux<Versioned<Account>> newest(Paging paging) {
        return collection.find(REGISTERED, NEWEST_FIRST, paging);
    }

    @Override
    public Mono<Page<Versioned<Account>>> search(AccountFilter filter, Paging paging) {
        List<Bson> conditions = new ArrayList<>(List.of(REGISTERED));
        String name = filter.username();
        if (name != null) {
            String key = Account.key(name);
            conditions.add(gte(USERNAME, key));
            conditions.add(lt(USERNAME, key + '\uFFFF'));
        }
        if (filter.role() != null) {
            conditions.add(eq(ROLES, filter.role()));
        }
        if (filter.locked() != null) {
            conditions.add(filter.locked() ? eq(LOCKED, true) : ne(LOCKED, true));
        }
        return collection.page(and(conditions), name == null ? NEWEST_FIRST : ascending(USERNAME), paging);
    }

    @Override
    public Mono<Versioned<Account>> findByReset(String tokenHash) {
        return collection.findOne(eq(RESET, tokenHash));
    }

    @Override
    public Flux<Versioned<Account>> leftBehind(Instant lastStartOfLiveOnes) {
        return collection.find(
                or(
                        eq(STATUS, Account.Status.ABANDONED.name()),
                        and(eq(STATUS, Account.Status.REGISTERING.name()), lt(CREATED_AT, lastStartOfLiveOnes))),
                ascending(CREATED_AT),
                new Paging(0, BATCH));
    }

    @Override
    public Flux<Versioned<Account>> administrators() {
        return collection
                .find(eq(ROLES, Account.ADMIN))
                .filter(account -> account.state().isAdministrator());
    }

    @Override
    public Flux<Versioned<Account>> deleting(int limit) {
        return collection.find(eq(STATUS, Account.Status.DELETING.name()), ascending(CREATED_AT), new Paging(0, limit));
    }

    @Override
    public Flux<Versioned<Account>> identityDue(Instant now, int limit) {
        return due(IDENTITY_AT, now, limit);
    }

    @Override
    public Flux<Versioned<Account>> sessionsDue(Instant now, int limit) {
        return due(SESSIONS_AT, now, limit);
    }

    @Override
    public Flux<Versioned<Account>> withMails(Instant now, int limit) {
        return due(MAILS_AT, now, limit);
    }

    private Flux<Versioned<Account>> due(String field, Instant now, int limit) {
        return collection.find(lte(field, now), ascending(field), new Paging(0, limit));
    }

    @Override
    public Mono<Versioned<Account>> update(Versioned<Account> current, Change<Account, AccountEvent> change) {
        return collection.update(current, change);
    }

    @Override
    public Mono<Versioned<Account>> change(UUID id, Function<Account, Change<Account, AccountEvent>> transition) {
        return collection.change(id, account -> transition.apply(account.state()));
    }

    @Override
    public Mono<Void> remove(Versioned<Account> account) {
        return collection.delete(account, List.of());
    }

    @Override
    public Mono<Void> delete(Versioned<Account> account) {
        return collection.delete(account, List.of(new AccountEvent.Deleted()));
    }
}
