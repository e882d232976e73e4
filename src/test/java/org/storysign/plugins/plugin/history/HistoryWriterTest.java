package org.storysign.plugins.plugin.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.TestClock;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

class HistoryWriterTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId OTHER = new TenantId("other");

    private final CallHistory history = new CallHistory(HistoryTerms.USUAL, new TestClock());
    private final List<String> written = new ArrayList<>();
    private final List<RuntimeException> refusals = new ArrayList<>();
    private final HistoryWriter writer = new HistoryWriter(history, new WriteOnlyStore(this::take));

    @Test
    void what_the_store_does_not_take_is_tried_again_and_what_it_took_is_not() {
        refusals.add(new ProblemException(ProblemCode.DATABASE_UNAVAILABLE, "down"));
        history.ended(Ends.call(ACME, Ends.NOTES), Ends.well());
        writer.write();
        assertThat(written).isEmpty();

        history.ended(Ends.call(OTHER, Ends.NOTES), Ends.well());
        writer.write();
        writer.write();
        writer.write();

        assertThat(written).containsExactly("acme 1", "other 1");
    }

    @Test
    void a_batch_that_can_never_be_written_does_not_keep_others_from_it() {
        refusals.add(new IllegalStateException("not a uuid"));
        history.ended(Ends.call(ACME, Ends.NOTES), Ends.well());
        writer.write();

        history.ended(Ends.call(ACME, Ends.NOTES), Ends.well());
        writer.write();

        assertThat(written).containsExactly("acme 1");
    }

    @Test
    void what_is_left_at_the_end_is_written() {
        history.ended(Ends.call(ACME, Ends.NOTES), Ends.well());

        writer.stop();

        assertThat(written).containsExactly("acme 1");
    }

    private void take(TenantId tenant, HistoryBatch batch) {
        if (!refusals.isEmpty()) {
            throw refusals.removeFirst();
        }
        written.add(tenant + " " + batch.calls().size());
    }
}
