package org.storysign.plugins.sandbox.chicory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.Modules;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.CompiledModule;
import org.storysign.plugins.sandbox.ExecutionMode;
import org.storysign.plugins.wasm.fuel.CostTable;
import org.storysign.plugins.wasm.fuel.FuelInstrumenter;
import org.storysign.plugins.wasm.fuel.MeteredModule;

class ChicoryEngineTest {

    private static final String NOTHING = "(module (func (export \"run\")))";

    private static MeteredModule metered(String wat) {
        return new FuelInstrumenter(CostTable.CURRENT).meter(Modules.scanned(Wat.assemble(wat), SecurityLevel.MINIMAL));
    }

    @Test
    void the_interpreter_stands_in_until_the_compiler_is_done() throws Exception {
        try (ChicoryEngine engine = new ChicoryEngine();
                CompiledModule module = engine.compile(metered(NOTHING))) {

            ExecutionMode settled = module.settled().toCompletableFuture().get(60, TimeUnit.SECONDS);

            assertThat(settled).isEqualTo(ExecutionMode.COMPILED);
            assertThat(module.mode()).isEqualTo(ExecutionMode.COMPILED);
        }
    }

    @Test
    void a_module_is_kept_once_for_all_who_hold_it_and_let_go_with_the_last() {
        try (ChicoryEngine engine = new ChicoryEngine(Tiering.INTERPRETED)) {
            CompiledModule one = engine.compile(metered(NOTHING));
            CompiledModule two = engine.compile(metered(NOTHING));

            one.close();
            one.close();
            int afterOne = engine.held();
            two.close();

            assertThat(afterOne).isEqualTo(1);
            assertThat(engine.held()).isZero();
        }
    }

    @Test
    void a_function_too_large_for_the_jvm_is_interpreted_within_a_compiled_module() {
        String huge = """
                (module
                  (func $huge (param i32) (result i32) %s (local.get 0))
                  (func (export "run") (result i32)
                    (i32.sub (call $huge (i32.const 5)) (i32.const 9005))))
                """.formatted("(local.set 0 (i32.add (local.get 0) (i32.const 1))) ".repeat(9_000));

        CallResult compiled = TestSandbox.on(Tiering.COMPILED).call(TestCall.of(huge));
        CallResult interpreted = TestSandbox.on(Tiering.INTERPRETED).call(TestCall.of(huge));

        assertThat(compiled).isInstanceOf(CallResult.Returned.class);
        assertThat(TestSandbox.on(Tiering.COMPILED).module(huge).mode()).isEqualTo(ExecutionMode.COMPILED);
        assertThat(compiled.usage().fuel()).isEqualTo(interpreted.usage().fuel());
    }
}
