package org.storysign.plugins.platform;

import java.time.Duration;
import org.storysign.plugins.kit.TestClock;

class InMemoryKeyValueStoreTest extends KeyValueStoreContract {

    private final TestClock clock = new TestClock();
    private final KeyValueStore store = new InMemoryKeyValueStore(clock);

    @Override
    protected KeyValueStore store() {
        return store;
    }

    @Override
    protected void letPass(Duration time) {
        clock.advance(time);
    }
}
