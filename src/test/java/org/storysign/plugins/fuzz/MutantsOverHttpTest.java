package org.storysign.plugins.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.storysign.plugins.conformance.BrokenModules;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.rest.ApiTenant;

/** What clients are told about modules that nobody built: a code of the catalogue, never that the service failed. */
@ServiceTest
@Tag("full")
class MutantsOverHttpTest {

    private static final int MUTANTS = 30_000;
    private static final long RANDOM_SEED = 20_261_123;
    private static final Set<String> REFUSALS = Set.of("module-malformed", "module-invalid", "module-rejected");

    private final ApiTenant tenant = new ApiTenant();
    private final Map<String, Integer> answers = new TreeMap<>();
    private Duration slowest = Duration.ZERO;
    private int ofSlowest;
    private int largest;

    @Test
    void thirty_thousand_mutants_of_real_modules_are_accepted_or_refused_by_a_code() {
        Mutator mutator = new Mutator(PreflightFuzz.seeds(), RANDOM_SEED);

        for (int mutant = 0; mutant < MUTANTS; mutant++) {
            ask(mutator.next());
        }

        say("mutants");
        assertThat(answers.keySet()).contains("accepted").containsAll(REFUSALS);
    }

    @Test
    @EnabledIf(
            value = "org.storysign.plugins.conformance.SuitePresence#isToRun",
            disabledReason = "the WebAssembly suite is not here; deploy/conformance/fetch brings it")
    void no_module_that_the_official_suite_calls_broken_makes_the_service_fail() {
        BrokenModules.forEach(this::ask);

        say("broken modules of the suite");
        assertThat(answers.keySet()).containsAll(REFUSALS);
    }

    private void ask(byte[] module) {
        long start = System.nanoTime();
        Response response =
                tenant.admin().contentType("application/wasm").body(module).post(ApiTenant.BASE + "/validate/module");
        remember(module, Duration.ofNanos(System.nanoTime() - start));

        assertThat(response.statusCode()).isEqualTo(200);
        List<String> codes = response.path("problems.code");
        assertThat(REFUSALS).containsAll(codes);
        answers.merge(codes.isEmpty() ? "accepted" : codes.getFirst(), 1, Integer::sum);
    }

    private void remember(byte[] module, Duration took) {
        largest = Math.max(largest, module.length);
        if (took.compareTo(slowest) > 0) {
            slowest = took;
            ofSlowest = module.length;
        }
    }

    private void say(String what) {
        System.getLogger("fuzz")
                .log(
                        System.Logger.Level.INFO,
                        what + " over HTTP: " + answers + ", slowest " + slowest.toMillis() + " ms (" + ofSlowest
                                + " bytes), largest " + largest + " bytes");
    }
}
