package dev.cadenza.analytics.suspicion;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Finds events that come thick: at least so many, of at least so many different kinds, within a stretch of time wherever
 * that begins.
 *
 * @param within length of the stretch
 * @param least events in it
 * @param different values of {@code kind} in it
 */
record Bursts(Duration within, int least, int different, Function<Sighting, String> kind) {

    /**
     * By key, all events that lie in such a stretch; keys without are left out. Events whose key is empty are not looked
     * at.
     *
     * @param events in the order of time
     */
    Map<String, List<Sighting>> by(Function<Sighting, String> key, List<Sighting> events) {
        Map<String, List<Sighting>> found = new LinkedHashMap<>();
        group(key, events).forEach((value, group) -> {
            List<Sighting> thick = in(group);
            if (!thick.isEmpty()) {
                found.put(value, thick);
            }
        });
        return found;
    }

    private static Map<String, List<Sighting>> group(Function<Sighting, String> key, List<Sighting> events) {
        Map<String, List<Sighting>> groups = new LinkedHashMap<>();
        for (Sighting event : events) {
            String value = key.apply(event);
            if (!value.isEmpty()) {
                groups.computeIfAbsent(value, k -> new ArrayList<>()).add(event);
            }
        }
        return groups;
    }

    private List<Sighting> in(List<Sighting> events) {
        List<Sighting> thick = new ArrayList<>();
        Map<String, Integer> kinds = new HashMap<>();
        int first = 0;
        int taken = 0;
        for (int last = 0; last < events.size(); last++) {
            Sighting newest = events.get(last);
            kinds.merge(kind.apply(newest), 1, Integer::sum);
            while (events.get(first).at().isBefore(newest.at().minus(within))) {
                kinds.computeIfPresent(kind.apply(events.get(first)), (k, count) -> count == 1 ? null : count - 1);
                first++;
            }
            if (last - first + 1 >= least && kinds.size() >= different) {
                thick.addAll(events.subList(Math.max(first, taken), last + 1));
                taken = last + 1;
            }
        }
        return thick;
    }
}
