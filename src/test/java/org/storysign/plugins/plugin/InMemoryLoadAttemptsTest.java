package org.storysign.plugins.plugin;

import java.time.Duration;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.TestClock;

class InMemoryLoadAttemptsTest extends LoadAttemptsContract {

    private final TestClock clock = new TestClock();
    private final LoadAttempts attempts = new InMemoryLoadAttempts(clock);

    @Override
    protected LoadAttempts attempts() {
        return attempts;
    }

    @Override
    protected void letPass(TenantId whose, Duration time) {
        clock.advance(time);
    }
}
