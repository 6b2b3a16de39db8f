package dev.cadenza.analytics.suspicion;

import dev.cadenza.analytics.audit.AuditEntries;
import dev.cadenza.analytics.audit.AuditEntry;
import dev.cadenza.analytics.audit.AuditLog;
import dev.cadenza.analytics.audit.Denials;
import dev.cadenza.analytics.audit.Network;
import dev.cadenza.analytics.suspicion.Finding.Severity;
import dev.cadenza.analytics.suspicion.Finding.Type;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Looks through the newest part of the log for what an administrator should know of. */
public final class FindSuspicious {

    private static final Set<String> FAILED = Set.of("login.failed", "login.refused");
    private static final Set<String> REUSED = Set.of("token.reused");

    /** Signs that the account's owner is in a network; who registers through some dialects is logged in by that. */
    private static final Set<String> ARRIVED = Set.of("login.succeeded", "account.registered");

    private static final Set<String> DENIED = Set.of(Denials.ACTION);
    private static final Set<String> DOORS = Set.of("401", "403", "404");

    /** So many times more than it takes, and it is worse. */
    private static final int MUCH = 5;

    private static final int LOOKUPS_AT_ONCE = 8;
    private static final int MOST_LOOKUPS = 500;

    private final AuditLog log;
    private final Denials denials;
    private final SuspicionSettings settings;
    private final Clock clock;
    private final Scheduler threads;

    /**
     * A search.
     *
     * @param threads where the rows are looked through
     */
    public FindSuspicious(AuditLog log, Denials denials, SuspicionSettings settings, Clock clock, Scheduler threads) {
        this.log = log;
        this.denials = denials;
        this.settings = settings;
        this.clock = clock;
        this.threads = threads;
    }

    /**
     * Findings.
     *
     * @param complete false where there were more rows or findings than are looked at and shown
     */
    public record Report(Instant from, Instant to, List<Finding> findings, boolean complete) {}

    /** What happened since this long ago, worst first. */
    public Mono<Report> find(Duration window) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant from = now.minus(window);
        return Mono.zip(
                        newest(log, FAILED, from),
                        newest(log, ARRIVED, from.minus(settings.newNetworkWithin())),
                        newest(log, REUSED, from),
                        newest(denials, DENIED, from))
                .flatMap(all -> newNetworks(all.getT2(), from).flatMap(newNetworks -> {
                    List<Finding> found = Stream.of(
                                    failedLogins(all.getT1(), all.getT2()),
                                    newNetworks,
                                    reusedTokens(all.getT3()),
                                    triedDoors(all.getT4()))
                            .flatMap(List::stream)
                            .sorted(Finding.ORDER)
                            .toList();
                    boolean complete = found.size() <= settings.mostFindings()
                            && Stream.of(all.getT1(), all.getT2(), all.getT3(), all.getT4())
                                    .allMatch(rows -> rows.size() < settings.mostRows());
                    return withEvidence(found.subList(0, Math.min(found.size(), settings.mostFindings())))
                            .map(findings -> new Report(from, now, findings, complete));
                }));
    }

    private Mono<List<Sighting>> newest(AuditEntries entries, Set<String> actions, Instant since) {
        return entries.newest(actions, since, settings.mostRows())
                .filter(entry ->
                        entries != denials || DOORS.contains(entry.details().get("status")))
                .map(Sighting::of)
                .collectList()
                .publishOn(threads)
                .map(List::reversed);
    }

    private List<Finding> failedLogins(List<Sighting> failed, List<Sighting> arrivals) {
        Map<String, Instant> lastArrivals = new HashMap<>();
        arrivals.forEach(arrival -> lastArrivals.put(who(arrival), arrival.at()));
        List<Finding> found = new ArrayList<>();
        new Bursts(settings.failedLoginsWithin(), settings.failedLoginsPerAccount(), 1, Sighting::account)
                .by(Sighting::account, failed)
                .forEach((account, events) -> found.add(Finding.of(
                        Type.FAILED_LOGINS_ACCOUNT,
                        isMuch(events, settings.failedLoginsPerAccount()) || ledIn(events, lastArrivals)
                                ? Severity.HIGH
                                : Severity.MEDIUM,
                        events.getFirst().userId(),
                        common(events),
                        events)));
        new Bursts(
                        settings.failedLoginsWithin(),
                        settings.failedLoginsPerAddress(),
                        settings.accountsPerAddress(),
                        Sighting::account)
                .by(Sighting::ip, failed)
                .forEach((ip, events) -> found.add(Finding.of(
                        Type.FAILED_LOGINS_ADDRESS,
                        isMuch(events, settings.failedLoginsPerAddress()) || ledIn(events, lastArrivals)
                                ? Severity.HIGH
                                : Severity.MEDIUM,
                        null,
                        ip,
                        events)));
        return found;
    }

    /** Whether somebody got in where it had failed before: the same account from the same address. */
    private static boolean ledIn(List<Sighting> failed, Map<String, Instant> lastArrivals) {
        Instant first = failed.getFirst().at();
        return failed.stream()
                .map(login -> lastArrivals.getOrDefault(who(login), Instant.EPOCH))
                .anyMatch(arrival -> arrival.isAfter(first));
    }

    private static String who(Sighting login) {
        return login.account() + " " + login.ip();
    }

    private static List<Finding> reusedTokens(List<Sighting> reused) {
        Map<String, List<Sighting>> byAccount =
                reused.stream().collect(Collectors.groupingBy(event -> event.account() + " " + event.target()));
        return byAccount.values().stream()
                .map(events -> Finding.of(
                        Type.TOKEN_REUSE, Severity.HIGH, events.getFirst().userId(), common(events), events))
                .toList();
    }

    private List<Finding> triedDoors(List<Sighting> denied) {
        Bursts bursts =
                new Bursts(settings.deniedWithin(), settings.deniedPaths(), settings.deniedPaths(), Sighting::target);
        Map<String, List<Sighting>> byCaller = bursts.by(Sighting::account, denied);
        List<Finding> found = new ArrayList<>();
        byCaller.forEach((account, events) -> found.add(Finding.of(
                Type.ACCESS_BURST, severity(events), events.getFirst().userId(), common(events), events)));
        bursts.by(Sighting::ip, denied).forEach((ip, events) -> {
            // what one caller did alone is told under his name
            boolean told =
                    events.stream().map(Sighting::account).distinct().limit(2).count() == 1
                            && byCaller.containsKey(events.getFirst().account());
            if (!told) {
                found.add(Finding.of(Type.ACCESS_BURST, severity(events), null, ip, events));
            }
        });
        return found;
    }

    private Severity severity(List<Sighting> denied) {
        return isMuch(denied, settings.deniedPaths()) ? Severity.HIGH : Severity.MEDIUM;
    }

    private static boolean isMuch(List<Sighting> events, int threshold) {
        return events.size() >= (long) MUCH * threshold;
    }

    /** The address of all of them; null where there are several. */
    private static @Nullable String common(List<Sighting> events) {
        Set<String> addresses = events.stream().map(Sighting::ip).collect(Collectors.toCollection(LinkedHashSet::new));
        return addresses.size() == 1 && !addresses.contains("")
                ? addresses.iterator().next()
                : null;
    }

    /** Two logins: one from elsewhere, and the first that the log has from its network. */
    private record Move(Sighting before, Sighting arrival, String network) {}

    private Mono<List<Finding>> newNetworks(List<Sighting> arrivals, Instant from) {
        List<Move> moves = moves(arrivals, from);
        return Flux.fromIterable(moves.subList(Math.max(0, moves.size() - MOST_LOOKUPS), moves.size()))
                .filterWhen(this::isNew, LOOKUPS_AT_ONCE)
                .map(move -> Finding.of(
                        Type.NEW_NETWORK_LOGIN,
                        Severity.MEDIUM,
                        move.arrival().userId(),
                        move.arrival().ip(),
                        List.of(move.before(), move.arrival())))
                .collectList();
    }

    private Mono<Boolean> isNew(Move move) {
        UUID user = Objects.requireNonNull(move.arrival().userId());
        return log.wasSeen(user, move.network(), ARRIVED, move.arrival().at()).map(seen -> !seen);
    }

    private List<Move> moves(List<Sighting> arrivals, Instant from) {
        List<Move> moves = new ArrayList<>();
        Map<UUID, Map<String, Sighting>> lastByNetwork = new HashMap<>();
        for (Sighting arrival : arrivals) {
            UUID user = arrival.userId();
            String network = Network.of(arrival.ip());
            if (user == null || network.isEmpty()) {
                continue;
            }
            Map<String, Sighting> last = lastByNetwork.computeIfAbsent(user, key -> new HashMap<>());
            if (!last.containsKey(network) && !arrival.at().isBefore(from)) {
                last.values().stream()
                        .filter(other -> !other.at().isBefore(arrival.at().minus(settings.newNetworkWithin())))
                        .max((a, b) -> a.at().compareTo(b.at()))
                        .ifPresent(before -> moves.add(new Move(before, arrival, network)));
            }
            last.put(network, arrival);
        }
        return moves;
    }

    private Mono<List<Finding>> withEvidence(List<Finding> findings) {
        Map<Boolean, List<UUID>> ids = findings.stream()
                .collect(Collectors.partitioningBy(
                        finding -> finding.type() == Type.ACCESS_BURST,
                        Collectors.flatMapping(finding -> finding.evidenceIds().stream(), Collectors.toList())));
        return log.withIds(ids.getOrDefault(false, List.of()))
                .concatWith(denials.withIds(ids.getOrDefault(true, List.of())))
                .collectMap(AuditEntry::id)
                .map(rows -> findings.stream()
                        .map(finding -> finding.with(finding.evidenceIds().reversed().stream()
                                .map(rows::get)
                                .filter(Objects::nonNull)
                                .toList()))
                        .toList());
    }
}
