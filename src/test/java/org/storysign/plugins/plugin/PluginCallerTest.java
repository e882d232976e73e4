package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.plugin.TestModules.Export;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.Trap;

class PluginCallerTest {

    private static final PluginId ID = new PluginId("resizer");

    private final TestService service = new TestService();

    @Test
    void an_export_gets_its_input_and_gives_its_output() {
        service.serve(TestPackages.of("{}", TestModules.of(Export.echoing("echo"))));

        CallResult result = TestCalls.result(service, ID, "echo", "frog");

        assertThat(result).isInstanceOfSatisfying(CallResult.Returned.class, returned -> {
            assertThat(new String(returned.output(), StandardCharsets.UTF_8)).isEqualTo("frog");
            assertThat(returned.usage().fuel().units()).isPositive();
        });
    }

    @Test
    void a_plugin_that_is_not_enabled_is_not_called() {
        service.install(TestPackages.of("{}", TestPackages.QUIET));

        assertRefused("run", "", ProblemCode.PLUGIN_NOT_ENABLED);
    }

    @Test
    void an_export_that_is_not_there_or_takes_arguments_is_not_called() {
        service.serve(TestPackages.of("{}", """
                (module (memory (export "memory") 1) (func (export "run"))
                  (func (export "add") (param i32 i32) (result i32) (i32.const 0)))
                """));

        assertRefused("absent", "", ProblemCode.EXPORT_MISSING);
        assertRefused("add", "", ProblemCode.EXPORT_MISTYPED);
    }

    @Test
    void an_input_over_the_limit_is_refused() {
        service.serve(TestPackages.of("{}", TestModules.of(Export.echoing("echo"))));
        int most = (int) SecurityLevel.STANDARD.limits().input().bytes();

        assertRefused("echo", "x".repeat(most + 1), ProblemCode.INPUT_TOO_LARGE);
    }

    @Test
    void a_trap_is_a_result() {
        service.serve(
                TestPackages.of("{\"resource_limits\": {\"fuel\": 100000}}", TestModules.of(Export.looping("loop"))));

        assertThat(TestCalls.result(service, ID, "loop", ""))
                .isInstanceOfSatisfying(
                        CallResult.Trapped.class,
                        trapped -> assertThat(trapped.trap()).isInstanceOf(Trap.OutOfFuel.class));
    }

    @Test
    void a_running_call_is_cancelled_when_its_plugin_is_disabled() {
        service.install(TestPackages.of(
                "{\"sandbox_config\": {\"security_level\": \"minimal\"}}", TestModules.of(Export.looping("loop"))));
        service.enable(ID, EnableRequest.PLAIN);
        PluginCall loop = new PluginCall(ID, "loop", new byte[0], Optional.empty());
        CompletableFuture<CallResult> running = service.caller.call(TestPackages.OPERATOR, loop);
        while (service.calls.plugins() == 0) {
            Thread.onSpinWait();
        }

        service.disable(ID);

        assertThat(running.orTimeout(30, TimeUnit.SECONDS).join())
                .isInstanceOfSatisfying(
                        CallResult.Trapped.class,
                        trapped -> assertThat(trapped.trap())
                                .isEqualTo(new Trap.Cancelled("the plugin is not enabled any more")));
    }

    private void assertRefused(String export, String input, ProblemCode code) {
        assertThatThrownBy(() -> TestCalls.result(service, ID, export, input))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(code));
    }
}
