package dev.cadenza.launcher;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One process of the local stack.
 *
 * @param name how it is called everywhere
 * @param kind what sort of process
 * @param module Maven module whose code it runs
 * @param port its main port
 * @param address where a person or program finds it
 * @param health answers 200 when it is ready
 * @param heapMegabytes upper bound of its heap, MiB
 * @param ports every port that it listens on
 * @param needs names of parts that must be healthy before it starts
 * @param settings its properties, in the form its kind reads
 */
record Part(
        String name,
        Kind kind,
        String module,
        int port,
        String address,
        URI health,
        int heapMegabytes,
        List<Integer> ports,
        List<String> needs,
        Map<String, String> settings) {

    /** Sort of process. */
    enum Kind {
        /** All stand-ins in one JVM. */
        INFRASTRUCTURE,
        /** Keycloak as it is distributed. */
        KEYCLOAK,
        /** A Spring Boot application that answers requests. */
        SERVICE,
        /** The same application, pulling jobs. */
        WORKER
    }

    Part {
        ports = List.copyOf(ports);
        needs = List.copyOf(needs);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    boolean isSpring() {
        return kind == Kind.SERVICE || kind == Kind.WORKER;
    }

    /** The same with more settings; later ones win. */
    Part with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putAll(more);
        return new Part(name, kind, module, port, address, health, heapMegabytes, ports, needs, all);
    }

    /** The same, started only when these are healthy too. */
    Part after(String... names) {
        List<String> all = new java.util.ArrayList<>(needs);
        all.addAll(List.of(names));
        return new Part(name, kind, module, port, address, health, heapMegabytes, ports, all, settings);
    }
}
