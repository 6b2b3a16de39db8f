package dev.cadenza.gateway.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;

/** The route table as a tree over the segments of a path: one walk down, instead of a comparison with every row. */
public final class Routes {

    private final Node root = new Node();

    /** Refuses two rows for the same method and path. */
    public Routes(List<Row> rows) {
        rows.forEach(this::add);
    }

    /** What the table says of a request; segments are compared decoded, as the services will read them. */
    public Match find(HttpMethod method, PathContainer path) {
        List<String> segments = new ArrayList<>();
        boolean slash = false;
        for (PathContainer.Element element : path.elements()) {
            slash = !(element instanceof PathContainer.PathSegment);
            if (element instanceof PathContainer.PathSegment segment) {
                segments.add(segment.valueToMatch());
            }
        }
        Set<HttpMethod> others = new LinkedHashSet<>();
        Row row = new Search(segments, slash, method, others).from(root, 0);
        if (row != null) {
            return new Match.Found(row);
        }
        return others.isEmpty() ? new Match.Unknown() : new Match.WrongMethod(others);
    }

    private void add(Row row) {
        Node node = root;
        boolean slash = row.pattern().endsWith("/");
        for (String segment : row.pattern().split("/")) {
            if (segment.equals("**")) {
                node.below.add(unambiguous(node.below, row));
                return;
            }
            if (!segment.isEmpty()) {
                node = segment.startsWith("{") ? node.anySegment() : node.segment(segment);
            }
        }
        if (slash || row.bothSlashes()) {
            node.slashed.add(unambiguous(node.slashed, row));
        }
        if (!slash || row.bothSlashes()) {
            node.plain.add(unambiguous(node.plain, row));
        }
    }

    private static Row unambiguous(List<Row> there, Row row) {
        for (Row other : there) {
            if (row.methods().stream()
                    .anyMatch(method -> !method.equals(HttpMethod.OPTIONS)
                            && other.methods().contains(method))) {
                throw new IllegalArgumentException("two rows for " + row.methods() + " " + row.pattern());
            }
        }
        return row;
    }

    /** An answer of the table. */
    public sealed interface Match {

        /** The row that decides. */
        record Found(Row row) implements Match {}

        /** The path is there, but not with this method. */
        record WrongMethod(Set<HttpMethod> allowed) implements Match {}

        /** No row names this path. */
        record Unknown() implements Match {}
    }

    private static final class Node {

        private final Map<String, Node> literal = new HashMap<>();
        private final List<Row> plain = new ArrayList<>(1);
        private final List<Row> slashed = new ArrayList<>(1);
        private final List<Row> below = new ArrayList<>(1);
        private @Nullable Node any;

        Node segment(String name) {
            return literal.computeIfAbsent(name, missing -> new Node());
        }

        Node anySegment() {
            if (any == null) {
                any = new Node();
            }
            return any;
        }
    }

    private record Search(List<String> segments, boolean slash, HttpMethod method, Set<HttpMethod> others) {

        /** Literal segments before placeholders before whole subtrees. */
        @Nullable
        Row from(Node node, int depth) {
            Row row = null;
            if (depth == segments.size()) {
                row = pick(slash ? node.slashed : node.plain);
            } else {
                Node literal = node.literal.get(segments.get(depth));
                if (literal != null) {
                    row = from(literal, depth + 1);
                }
                if (row == null && node.any != null) {
                    row = from(node.any, depth + 1);
                }
            }
            return row == null ? pick(node.below) : row;
        }

        private @Nullable Row pick(List<Row> rows) {
            for (Row row : rows) {
                if (row.methods().contains(method)) {
                    return row;
                }
                others.addAll(row.methods());
            }
            return null;
        }
    }
}
