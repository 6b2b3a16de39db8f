package dev.cadenza.platform.events;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;
import dev.cadenza.platform.core.Failure;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the driver's errors mean to a use case. */
final class MongoFailures {

    private static final int DUPLICATE_KEY = 11000;
    private static final int TOO_LARGE = 10334;
    private static final int TOO_LARGE_UPDATED = 17419;
    private static final Pattern INDEX = Pattern.compile("index: (\\S+)");
    private static final int RETRY_AFTER_SECONDS = 5;

    private MongoFailures() {}

    /** A database that does not answer is {@link Failure.Unavailable}; everything else stays what it is. */
    static Throwable translate(Throwable error) {
        return switch (error) {
            case MongoTimeoutException e -> unavailable(e);
            case MongoSocketException e -> unavailable(e);
            case MongoServerUnavailableException e -> unavailable(e);
            case MongoConnectionPoolClearedException e -> unavailable(e);
            case MongoNotPrimaryException e -> unavailable(e);
            case MongoNodeIsRecoveringException e -> unavailable(e);
            case MongoInterruptedException e -> unavailable(e);
            case MongoExecutionTimeoutException e -> unavailable(e);
            case MongoWriteConcernException e -> unavailable(e);
            case MongoBulkWriteException e when e.getWriteConcernError() != null -> unavailable(e);
            // so many unpublished events that the document is full: the broker has been away for too long
            case MongoWriteException e
            when e.getCode() == TOO_LARGE || e.getCode() == TOO_LARGE_UPDATED -> unavailable(e);
            default -> error;
        };
    }

    /** Name of the unique index that the write violates, {@code _id_} for the id; null for any other error. */
    static @Nullable String violatedIndex(Throwable error) {
        boolean duplicate =
                switch (error) {
                    case MongoWriteException e -> e.getCode() == DUPLICATE_KEY;
                    case MongoCommandException e -> e.getErrorCode() == DUPLICATE_KEY;
                    // ordered, so there is one at most
                    case MongoBulkWriteException e ->
                        e.getWriteErrors().stream().anyMatch(write -> write.getCode() == DUPLICATE_KEY);
                    default -> false;
                };
        if (!duplicate) {
            return null;
        }
        Matcher matcher = INDEX.matcher(String.valueOf(error.getMessage()));
        return matcher.find() ? matcher.group(1) : "";
    }

    /** The conflict of the violated index, or what {@link #translate} says. */
    static Throwable conflictOr(Throwable error, String collection, List<IndexSpec> indexes) {
        String index = violatedIndex(error);
        if (index == null) {
            return translate(error);
        }
        return indexes.stream()
                .filter(spec -> spec.name().equals(index))
                .map(IndexSpec::conflict)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(new Failure.Conflict(collection + ".exists", "It exists already."))
                .asException();
    }

    private static Throwable unavailable(Throwable cause) {
        RuntimeException failure = Failure.unavailable(
                "store.unavailable", "The service does not answer. Try again soon.", RETRY_AFTER_SECONDS);
        failure.addSuppressed(cause);
        return failure;
    }
}
