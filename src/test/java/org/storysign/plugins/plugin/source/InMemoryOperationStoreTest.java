package org.storysign.plugins.plugin.source;

import java.time.Duration;
import org.storysign.plugins.kit.TestClock;

class InMemoryOperationStoreTest extends OperationStoreContract {

    private final TestClock clock = new TestClock();
    private final OperationStore store = new InMemoryOperationStore(clock);

    @Override
    protected OperationStore store() {
        return store;
    }

    @Override
    protected void letLeasesPass() {
        clock.advance(Duration.ofMinutes(2));
    }
}
