package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.plugin.TestService.await;
import static org.storysign.plugins.plugin.TestService.problem;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.LimitSwitch;
import org.storysign.plugins.problem.ProblemCode;

class PatientLoadsTest {

    private static final LoadTerms IMPATIENT =
            new LoadTerms(Duration.ofMillis(5), 2, LoadTerms.USUAL.deadAfter(), LoadTerms.USUAL.forgottenAfter());

    private final TestService service = new TestService();
    private final Plugin plugin = service.serve(TestPackages.of("{}", TestPackages.QUIET));
    private final EnabledPlugin ready = service.served(new PluginId("resizer")).orElseThrow();

    private final List<CompletableFuture<EnabledPlugin>> begun = new ArrayList<>();
    private final List<TenantId> late = new CopyOnWriteArrayList<>();
    private final PatientLoads loads = new PatientLoads(
            wanted -> {
                begun.add(new CompletableFuture<>());
                return Uni.createFrom().completionStage(begun.getLast());
            },
            LimitSwitch.plugged(IMPATIENT).patience(),
            late::add);

    @Test
    void a_load_in_time_is_given_at_once_and_begun_anew_next_time() {
        CompletableFuture<EnabledPlugin> answer = loads.load(plugin).subscribeAsCompletionStage();
        begun.getFirst().complete(ready);

        assertThat(answer).isCompletedWithValue(ready);
        var _ = loads.load(plugin).subscribeAsCompletionStage();
        assertThat(begun).hasSize(2);
        assertThat(late).isEmpty();
    }

    @Test
    void one_that_takes_longer_goes_on_and_is_there_for_whoever_is_told() {
        assertThat(problem(() -> await(loads.load(plugin))).code()).isEqualTo(ProblemCode.PLUGIN_LOADING);
        assertThat(late).isEmpty();

        begun.getFirst().complete(ready);

        assertThat(late).containsExactly(TenantId.DEFAULT);
        assertThat(await(loads.load(plugin))).isSameAs(ready);
        assertThat(begun).hasSize(1);
    }

    @Test
    void who_asks_again_meanwhile_waits_for_the_same() {
        problem(() -> await(loads.load(plugin)));
        CompletableFuture<EnabledPlugin> again = loads.load(plugin).subscribeAsCompletionStage();

        begun.getFirst().complete(ready);

        assertThat(again).isCompletedWithValue(ready);
        assertThat(begun).hasSize(1);
    }

    @Test
    void a_late_failure_is_told_too_and_the_next_load_begins_anew() {
        problem(() -> await(loads.load(plugin)));
        begun.getFirst().completeExceptionally(new IllegalStateException("broken"));

        assertThat(late).hasSize(1);
        assertThat(loads.load(plugin).subscribeAsCompletionStage()).isCompletedExceptionally();
        var _ = loads.load(plugin).subscribeAsCompletionStage();
        assertThat(begun).hasSize(2);
    }

    @Test
    void what_is_not_wanted_any_more_when_it_is_there_is_let_go() {
        problem(() -> await(loads.load(plugin)));
        begun.getFirst().complete(ready);

        loads.forgetAllBut(TenantId.DEFAULT, List.of(plugin));
        assertThat(await(loads.load(plugin))).as("still wanted").isSameAs(ready);

        problem(() -> await(loads.load(plugin)));
        begun.getLast().complete(ready);
        loads.forgetAllBut(TenantId.DEFAULT, List.of());
        var _ = loads.load(plugin).subscribeAsCompletionStage();
        assertThat(begun).as("begun anew").hasSize(3);
    }
}
