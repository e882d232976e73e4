package org.storysign.plugins.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.sandbox.chicory.ChicoryEngine;
import org.storysign.plugins.sandbox.chicory.Tiering;
import org.storysign.plugins.worker.PlacedEngine;
import org.storysign.plugins.worker.WorkerPool;
import org.storysign.plugins.worker.WorkerTerms;

/** Hostile plugins of level isolated end in a worker as they end in this process, and cost the same. A worker each: a second of CPU. */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInWorkersTest {

    private final Arena here = new Arena(Tiering.COMPILED);
    private final WorkerPool workers = new WorkerPool(WorkerTerms.ofThisMachine());
    private final Arena elsewhere = new Arena(new PlacedEngine(new ChicoryEngine(Tiering.COMPILED), workers));

    static List<HostilePlugin> plugins() {
        return HostilePlugin.all().stream()
                .filter(plugin -> plugin.level() == SecurityLevel.ISOLATED)
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plugins")
    void it_ends_in_a_worker_as_here_with_the_same_fuel(HostilePlugin plugin) {
        Ending expected = here.fight(plugin, plugin.shortLimits());

        Ending found = elsewhere.fight(plugin, plugin.shortLimits());

        assertThat(found.code()).isEqualTo(expected.code()).isEqualTo(plugin.endsIn());
        if (!plugin.endsIn().equals("run-time-exceeded")) {
            assertThat(found.fuel()).isEqualTo(expected.fuel());
        }
    }

    @AfterAll
    void noWorkerIsLeft() {
        here.close();
        elsewhere.close();

        assertThat(workers.workers()).isZero();
    }
}
