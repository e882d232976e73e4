package org.storysign.plugins.hook.queue;

import java.time.Duration;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.TestClock;
import org.storysign.plugins.platform.EventOutbox;

class InMemoryEventQueueTest extends EventQueueContract {

    private final TestClock clock = new TestClock();
    private final InMemoryEventQueue queue = new InMemoryEventQueue(clock);

    @Override
    protected EventOutbox outbox() {
        return queue;
    }

    @Override
    protected EventQueue queue() {
        return queue;
    }

    @Override
    protected TenantId tenant() {
        return TenantId.DEFAULT;
    }

    @Override
    protected TenantId otherTenant() {
        return new TenantId("other");
    }

    @Override
    protected void letPass(Duration time) {
        clock.advance(time);
    }

    @Override
    protected void catalogueStandsAt(long revision) {
        queue.catalogueStandsAt(revision);
    }
}
