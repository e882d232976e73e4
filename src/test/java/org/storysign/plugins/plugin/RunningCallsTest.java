package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.sandbox.Cancellation;

class RunningCallsTest {

    private static final PluginId MASK = new PluginId("mask");
    private static final TenantId OTHER = new TenantId("other");

    private final RunningCalls calls = new RunningCalls();

    @Test
    void cancelling_a_plugin_stops_its_calls_and_no_others() {
        Cancellation running = calls.begin(TenantId.DEFAULT, MASK);
        Cancellation otherPlugin = calls.begin(TenantId.DEFAULT, new PluginId("other"));
        Cancellation otherTenant = calls.begin(OTHER, MASK);

        int stopped = calls.cancel(TenantId.DEFAULT, MASK, "disabled");

        assertThat(stopped).isEqualTo(1);
        assertThat(running.reason()).contains("disabled");
        assertThat(otherPlugin.isCancelled()).isFalse();
        assertThat(otherTenant.isCancelled()).isFalse();
    }

    @Test
    void a_call_that_ended_is_forgotten() {
        Cancellation ended = calls.begin(TenantId.DEFAULT, MASK);

        calls.end(TenantId.DEFAULT, MASK, ended);

        assertThat(calls.cancel(TenantId.DEFAULT, MASK, "disabled")).isZero();
        assertThat(calls.plugins()).isZero();
    }

    @Test
    void a_call_that_begins_after_its_plugin_was_stopped_is_cancelled_until_the_plugin_is_allowed() {
        calls.stop(TenantId.DEFAULT, MASK, "disabled");

        Cancellation late = calls.begin(TenantId.DEFAULT, MASK);
        calls.allow(TenantId.DEFAULT, MASK);
        Cancellation again = calls.begin(TenantId.DEFAULT, MASK);

        assertThat(late.reason()).contains("disabled");
        assertThat(again.isCancelled()).isFalse();
    }

    @Test
    void many_threads_leave_nothing_behind() throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int thread = 0; thread < 8; thread++) {
                threads.execute(this::beginAndEndOften);
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(calls.plugins()).isZero();
    }

    private void beginAndEndOften() {
        for (int time = 0; time < 10_000; time++) {
            Cancellation call = calls.begin(TenantId.DEFAULT, MASK);
            calls.cancel(TenantId.DEFAULT, MASK, "again");
            if (!call.isCancelled()) {
                throw new AssertionError("a call that was begun before was not cancelled");
            }
            calls.end(TenantId.DEFAULT, MASK, call);
        }
    }
}
