package org.storysign.plugins.plugin.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.manifest.Version;
import org.storysign.plugins.plugin.TestService;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.Violation;

/** What every {@link OperationStore} does. */
public abstract class OperationStoreContract {

    private static final Digest DIGEST = Digest.of(new byte[0]);
    private static final OperationStore.Lease MINE = new OperationStore.Lease("me", Duration.ofMinutes(1));
    private static final Operation.Progress FETCHING =
            new Operation.Progress(Operation.Phase.FETCHING, 7, OptionalLong.of(9), Optional.of(DIGEST));
    private static final Operation.Result RESULT =
            new Operation.Result(new PluginId("resizer"), new Version("1.0.0"), DIGEST, true);

    private final TenantId tenant = Tenants.fresh();
    private final OperationId id = OperationId.random();

    protected abstract OperationStore store();

    /** Lets the lease of everything that has not ended pass. */
    protected abstract void letLeasesPass();

    private void begin() {
        TestService.await(store().begin(tenant, id, new OperationStore.Begun("oci://r.example/a:1", "key:ci"), MINE));
    }

    private Operation found() {
        return TestService.await(store().find(tenant, id)).orElseThrow();
    }

    @Test
    void an_operation_waits_runs_and_succeeds() {
        begin();
        Operation waiting = found();
        boolean renewed = TestService.await(store().renew(tenant, id, FETCHING, MINE));
        Operation running = found();
        boolean ended = TestService.await(store().succeed(tenant, id, FETCHING, RESULT, "me"));
        Operation finished = found();

        assertThat(waiting.state()).isEqualTo(Operation.State.PENDING);
        assertThat(waiting.source()).isEqualTo("oci://r.example/a:1");
        assertThat(waiting.startedBy()).isEqualTo("key:ci");
        assertThat(waiting.progress()).isEqualTo(Operation.Progress.NOTHING);
        assertThat(renewed).isTrue();
        assertThat(running.state()).isEqualTo(Operation.State.RUNNING);
        assertThat(running.progress()).isEqualTo(FETCHING);
        assertThat(ended).isTrue();
        assertThat(finished.state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(finished.result()).contains(RESULT);
        assertThat(finished.progress().phase()).isEqualTo(Operation.Phase.FINISHED);
        assertThat(finished.progress().resolved()).contains(DIGEST);
        assertThat(finished.finishedAt()).isPresent();
    }

    @Test
    void a_failure_is_kept_with_every_violation() {
        begin();
        ProblemException problem = new ProblemException(
                ProblemCode.MANIFEST_INVALID, "no", Map.of(), List.of(new Violation("/id", "is missing")));

        TestService.await(store().fail(tenant, id, FETCHING, problem, "me"));

        ProblemException kept = found().problem().orElseThrow();
        assertThat(kept.code()).isEqualTo(ProblemCode.MANIFEST_INVALID);
        assertThat(kept.detail()).isEqualTo("no");
        assertThat(kept.violations()).containsExactly(new Violation("/id", "is missing"));
    }

    @Test
    void when_its_lease_has_passed_it_has_failed_whatever_its_process_says_later() {
        begin();
        letLeasesPass();

        assertThat(TestService.await(store().renew(tenant, id, FETCHING, MINE))).isFalse();
        assertThat(TestService.await(store().succeed(tenant, id, FETCHING, RESULT, "me")))
                .isFalse();
        Operation failed = found();
        assertThat(failed.state()).isEqualTo(Operation.State.FAILED);
        assertThat(failed.problem().orElseThrow().code()).isEqualTo(ProblemCode.OPERATION_INTERRUPTED);
        assertThat(TestService.await(
                        store().fail(tenant, id, FETCHING, failed.problem().orElseThrow(), "me")))
                .isFalse();
    }

    @Test
    void an_operation_belongs_to_its_process_and_its_tenant() {
        begin();
        OperationStore.Lease theirs = new OperationStore.Lease("they", Duration.ofMinutes(1));

        assertThat(TestService.await(store().renew(tenant, id, FETCHING, theirs)))
                .isFalse();
        assertThat(TestService.await(store().succeed(tenant, id, FETCHING, RESULT, "they")))
                .isFalse();
        TenantId other = Tenants.fresh();
        assertThat(TestService.await(store().renew(other, id, FETCHING, MINE))).isFalse();
        assertThat(TestService.await(store().find(other, id))).isEmpty();
        assertThat(found().state()).isEqualTo(Operation.State.PENDING);
    }

    @Test
    void what_has_ended_does_not_change() {
        begin();
        TestService.await(store().succeed(tenant, id, FETCHING, RESULT, "me"));

        assertThat(TestService.await(store().renew(tenant, id, FETCHING, MINE))).isFalse();
        assertThat(TestService.await(store().fail(
                                tenant, id, FETCHING, new ProblemException(ProblemCode.INTERNAL_ERROR, "no"), "me")))
                .isFalse();
        letLeasesPass();
        assertThat(found().state()).isEqualTo(Operation.State.SUCCEEDED);
    }
}
