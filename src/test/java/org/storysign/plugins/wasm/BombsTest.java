package org.storysign.plugins.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.Bombs;
import org.storysign.plugins.kit.ModuleBuilder;
import org.storysign.plugins.kit.Modules;
import org.storysign.plugins.kit.WasmBytes;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.problem.ProblemException;

class BombsTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static List<Bombs.Bomb> bombs() {
        return Bombs.list();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void a_bomb_is_refused_by_its_code_within_a_second_and_64_MiB(Bombs.Bomb bomb) {
        long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
        long workedBefore = THREADS.getCurrentThreadCpuTime();

        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> Modules.scanned(bomb.bytes()));

        Duration worked = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - workedBefore);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
        assertThat(problem.code()).isEqualTo(bomb.code());
        assertThat(worked).isLessThan(Duration.ofSeconds(1));
        assertThat(allocated).isLessThan(MemorySize.ofMiB(64).bytes());
    }

    @Test
    void a_name_section_that_declares_2_to_the_31_names_harms_nobody() {
        WasmBytes names = WasmBytes.of(1).sized(new WasmBytes().u32(1L << 31));
        byte[] bytes = new ModuleBuilder().memory(1).custom("name", names).toBytes();

        ModuleShape shape = Modules.read(bytes).shape();

        assertThat(shape.names()).isEqualTo(FunctionNames.NONE);
    }

    @Test
    void what_only_harms_while_it_runs_is_left_to_the_sandbox() {
        Map<String, byte[]> modules = Bombs.whileRunning();

        assertThat(modules.values())
                .allSatisfy(bytes -> assertThat(
                                Modules.scanned(bytes).module().shape().isExported("run"))
                        .isTrue());
    }
}
