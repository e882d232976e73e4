package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.plugin.TestService.await;
import static org.storysign.plugins.plugin.TestService.problem;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.DigestBlocks.Reach;
import org.storysign.plugins.plugin.ReleaseStanding.State;
import org.storysign.plugins.plugin.TestModules.Export;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.SandboxConfig;
import org.storysign.plugins.sandbox.Trap;

class BlockedDigestTest {

    private static final PluginId ID = new PluginId("resizer");
    private static final Actor ELSEWHERE = new Actor("key:other", new TenantId("elsewhere"), Set.of(Role.ADMIN));

    private final TestService service = new TestService();

    @Test
    void what_runs_is_stopped_and_cannot_be_enabled_until_it_is_unblocked_and_somebody_enables_it() {
        Plugin serving = service.serve(TestPackages.of("{}", TestPackages.QUIET));
        Digest digest = serving.active().moduleDigest();

        block(digest, Reach.TENANT, TestPackages.OPERATOR);

        assertThat(service.served(ID)).isEmpty();
        assertThat(service.stored(ID).state()).isEqualTo(new PluginState.Failed(digest + " is blocked: steals tokens"));
        ProblemException refused = problem(() -> service.enable(ID, EnableRequest.PLAIN));
        assertThat(refused.code()).isEqualTo(ProblemCode.DIGEST_BLOCKED);
        assertThat(refused.detail()).isEqualTo(digest + " is blocked: steals tokens");
        assertThat(service.standing(ID, "1.0.0").state()).isEqualTo(State.BLOCKED);
        assertThat(service.standing(ID, "1.0.0").reason()).contains(digest + " is blocked: steals tokens");

        assertThat(await(service.blocks.unblock(digest, Reach.TENANT, TestPackages.OPERATOR)))
                .isTrue();
        assertThat(service.served(ID)).isEmpty();
        assertThat(service.enable(ID, EnableRequest.PLAIN).state()).isEqualTo(new PluginState.Enabled());
    }

    @Test
    void another_process_stops_it_too() {
        Plugin serving = service.serve(TestPackages.of("{}", TestPackages.QUIET));
        TestService another = service.anotherProcess();
        await(another.catalog.refresh(TenantId.DEFAULT));
        assertThat(another.served(ID)).isPresent();

        block(serving.active().packageDigest(), Reach.TENANT, TestPackages.OPERATOR);
        await(another.catalog.refresh(TenantId.DEFAULT));

        assertThat(another.served(ID)).isEmpty();
    }

    @Test
    void a_blocked_release_is_neither_brought_again_nor_activated() {
        service.serve(TestPackages.of("{}", TestPackages.QUIET));
        PluginPackage bad = TestPackages.of("{\"version\": \"2.0.0\"}", TestPackages.SAVES);
        Digest digest = TestPackages.release(bad).packageDigest();
        service.install(bad);
        block(digest, Reach.TENANT, TestPackages.OPERATOR);

        assertThat(service.served(ID)).isPresent();
        assertThat(problem(() -> service.activate(ID, "2.0.0", EnableRequest.PLAIN))
                        .code())
                .isEqualTo(ProblemCode.DIGEST_BLOCKED);
        service.disable(ID);
        assertThat(problem(() -> service.activate(ID, "2.0.0", EnableRequest.PLAIN))
                        .code())
                .isEqualTo(ProblemCode.DIGEST_BLOCKED);
        assertThat(problem(() -> service.install(bad)).code()).isEqualTo(ProblemCode.DIGEST_BLOCKED);
    }

    @Test
    void a_tenants_block_is_not_another_ones_and_one_of_everywhere_is_everybodys_also_of_tenants_to_come() {
        PluginPackage upload = TestPackages.of("{}", TestPackages.QUIET);
        Digest digest = TestPackages.release(upload).packageDigest();

        block(digest, Reach.TENANT, ELSEWHERE);
        service.serve(upload);
        assertThat(service.served(ID)).isPresent();

        block(digest, Reach.EVERYWHERE, ELSEWHERE);
        assertThat(service.served(ID)).isEmpty();
        assertThat(problem(() -> await(service.installer.install(
                                upload, new Actor("key:new", new TenantId("new"), Set.of(Role.ADMIN)))))
                        .code())
                .isEqualTo(ProblemCode.DIGEST_BLOCKED);
    }

    @Test
    void a_block_that_comes_while_it_is_being_enabled_wins() {
        Plugin installed = service.install(TestPackages.of(TestPackages.ASKS_STORAGE, TestPackages.SAVES));
        HookedKeyValueStore data = new HookedKeyValueStore(service.data);
        data.beforeNextPut(() -> block(installed.active().packageDigest(), Reach.TENANT, TestPackages.OPERATOR));
        TestService slow = service.with(data, SandboxConfig.ofThisMachine());

        ProblemException problem = problem(() -> slow.enableAgreeing(ID, "[\"storage:write\"]"));

        assertThat(problem.code()).isEqualTo(ProblemCode.PLUGIN_STATE_CONFLICT);
        assertThat(service.stored(ID).state()).isInstanceOf(PluginState.Failed.class);
        assertThat(slow.served(ID)).isEmpty();
    }

    @Test
    void a_block_that_comes_while_it_is_being_activated_wins() {
        Plugin serving = service.serve(TestPackages.of("{}", TestPackages.QUIET));
        PluginPackage next = TestPackages.of(
                "{\"version\": \"2.0.0\", \"permissions\": [\"storage:write\"], \"lifecycle\": {\"initialize\": \"save\"}}",
                TestPackages.SAVES);
        service.install(next);
        Digest digest = TestPackages.release(next).packageDigest();
        HookedKeyValueStore data = new HookedKeyValueStore(service.data);
        data.beforeNextPut(() -> block(digest, Reach.TENANT, TestPackages.OPERATOR));
        TestService slow = service.with(data, SandboxConfig.ofThisMachine());
        await(slow.catalog.refresh(TenantId.DEFAULT));
        EnableRequest agreed = new EnableRequest(
                Optional.empty(), service.standing(ID, "2.0.0").consent(), Optional.empty());

        ProblemException problem = problem(() -> slow.activate(ID, "2.0.0", agreed));

        assertThat(problem.code()).isEqualTo(ProblemCode.PLUGIN_STATE_CONFLICT);
        assertThat(service.stored(ID).active()).isEqualTo(serving.active());
        assertThat(service.stored(ID).state()).isEqualTo(new PluginState.Enabled());
    }

    @Test
    void calls_that_run_are_cancelled() {
        service.install(TestPackages.of(
                "{\"sandbox_config\": {\"security_level\": \"minimal\"}}", TestModules.of(Export.looping("loop"))));
        Plugin serving = service.enable(ID, EnableRequest.PLAIN);
        CompletableFuture<CallResult> running =
                service.caller.call(TestPackages.OPERATOR, new PluginCall(ID, "loop", new byte[0], Optional.empty()));
        while (service.calls.plugins() == 0) {
            Thread.onSpinWait();
        }

        block(serving.active().packageDigest(), Reach.TENANT, TestPackages.OPERATOR);

        assertThat(running.orTimeout(30, TimeUnit.SECONDS).join())
                .isInstanceOfSatisfying(
                        CallResult.Trapped.class,
                        trapped -> assertThat(trapped.trap())
                                .isEqualTo(new Trap.Cancelled("the plugin is not enabled any more")));
    }

    @Test
    void a_dry_run_tells_of_a_block() {
        PluginPackage upload = TestPackages.of("{}", TestPackages.QUIET);
        service.install(upload);
        block(TestPackages.release(upload).packageDigest(), Reach.TENANT, TestPackages.OPERATOR);

        assertThat(await(service.dryRuns.enable(ID, EnableRequest.PLAIN, TestPackages.OPERATOR))
                        .problems())
                .extracting(ProblemException::code)
                .containsExactly(ProblemCode.DIGEST_BLOCKED);
        assertThat(await(service.dryRuns.install(upload, TestPackages.OPERATOR)).problems())
                .extracting(ProblemException::code)
                .containsExactly(ProblemCode.DIGEST_BLOCKED);
    }

    @Test
    void blocking_twice_changes_nothing_and_what_is_not_blocked_is_not_unblocked() {
        Plugin serving = service.serve(TestPackages.of("{}", TestPackages.QUIET));
        block(serving.active().packageDigest(), Reach.TENANT, TestPackages.OPERATOR);
        int entries = service.store.audit().size();

        block(serving.active().packageDigest(), Reach.TENANT, TestPackages.OPERATOR);

        assertThat(service.store.audit()).hasSize(entries);
        assertThat(await(service.blocks.unblock(
                        serving.active().packageDigest(), Reach.EVERYWHERE, TestPackages.OPERATOR)))
                .isFalse();
    }

    private void block(Digest digest, Reach reach, Actor actor) {
        await(service.stop.block(digest, reach, "steals tokens", actor));
    }
}
