package dev.cadenza.catalog.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TransactionTests {

    private static Transaction of(Entry... entries) {
        return new Transaction(Transaction.Kind.SALE, UUID.randomUUID(), "EUR", List.of(entries), Instant.now());
    }

    @Test
    void whatDoesNotSumUpToZeroCannotBeWritten() {
        assertThat(of(new Entry("a", 3), new Entry("b", -1), new Entry("c", -2)).entries())
                .hasSize(3);
        assertThatIllegalArgumentException().isThrownBy(() -> of(new Entry("a", 3), new Entry("b", -2)));
    }
}
