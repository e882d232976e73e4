package org.storysign.plugins.plugin.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.FakeServer;
import org.storysign.plugins.kit.Pauses;
import org.storysign.plugins.plugin.InstallOutcome;
import org.storysign.plugins.plugin.PackageArchive;
import org.storysign.plugins.plugin.PluginPackage;
import org.storysign.plugins.plugin.TestPackages;
import org.storysign.plugins.plugin.TestService;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

@Timeout(60)
class SourceInstallerTest {

    private static final Actor ACTOR = TestPackages.OPERATOR;
    private static final PluginId ID = new PluginId("resizer");
    private static final PluginPackage QUIET = TestPackages.of("{}", TestPackages.QUIET);
    private static final OperationPace QUICK =
            new OperationPace(Duration.ofMillis(5), Duration.ofSeconds(30), Duration.ofSeconds(20));

    private final TestService service = new TestService();
    private final FakeServer server = new FakeServer();
    private final SourceBench bench = SourceBench.of(Set.of(), Set.of(server.authority()), Duration.ofSeconds(20));
    private final OperationStore store = new InMemoryOperationStore(Clock.systemUTC());
    private final SourceInstaller installer = new SourceInstaller(bench.fetch, store, 1, QUICK);
    private final Map<String, String> origins = new ConcurrentHashMap<>();
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void close() {
        gate.countDown();
        installer.close();
        bench.close();
        server.close();
    }

    private Uni<InstallOutcome> arrive(PluginPackage upload, Map<String, String> origin) {
        origins.putAll(origin);
        return service.installer.install(upload, ACTOR, origin);
    }

    private PackageSource zip(PluginPackage content) {
        byte[] zip = PackageArchive.write(content);
        String path = "/" + Digest.of(zip).hex() + ".zip";
        server.on(path, zip);
        return new PackageSource.Url(server.url(path), Digest.of(zip));
    }

    /** A source whose answer waits for the gate. */
    private PackageSource waiting(PluginPackage content) {
        byte[] zip = PackageArchive.write(content);
        server.on("/waiting.zip", exchange -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new java.io.IOException(e);
            }
            FakeServer.send(exchange, 200, zip);
        });
        return new PackageSource.Url(server.url("/waiting.zip"), Digest.of(zip));
    }

    private Operation begin(PackageSource source) {
        return TestService.await(installer.begin(source, ACTOR, this::arrive));
    }

    private Operation ended(Operation operation) {
        while (true) {
            Operation now = TestService.await(installer.find(TenantId.DEFAULT, operation.id()))
                    .orElseThrow();
            if (now.state().isEnd()) {
                return now;
            }
            Pauses.brief();
        }
    }

    @Test
    void a_package_is_installed_as_an_upload_would_be_and_its_origin_is_audited() {
        PackageSource source = zip(QUIET);

        Operation begun = begin(source);
        Operation first = ended(begun);
        Operation second = ended(begin(source));

        assertThat(begun.state()).isEqualTo(Operation.State.PENDING);
        Operation.Result result = first.result().orElseThrow();
        assertThat(result.plugin()).isEqualTo(ID);
        assertThat(result.created()).isTrue();
        assertThat(result.packageDigest()).isEqualTo(service.stored(ID).active().packageDigest());
        assertThat(second.result().orElseThrow().created()).isFalse();
        assertThat(origins).containsEntry("source", source.text()).containsKeys("source_digest", "operation");
    }

    @Test
    void what_is_wrong_with_a_package_is_the_operations_problem_and_nothing_is_there() {
        PluginPackage broken = new PluginPackage(QUIET.manifest(), new byte[] {0, 'a', 's', 'm', 1});

        Operation invalid = ended(begin(zip(broken)));

        assertThat(invalid.problem().orElseThrow().code()).isEqualTo(ProblemCode.MODULE_MALFORMED);
        assertThat(TestService.await(service.store.find(TenantId.DEFAULT, ID))).isEmpty();
    }

    @Test
    void other_content_under_the_same_version_is_the_operations_problem() {
        service.install(QUIET);

        Operation refused = ended(begin(zip(TestPackages.of("{\"name\": \"Other\"}", TestPackages.QUIET))));

        assertThat(refused.problem().orElseThrow().code()).isEqualTo(ProblemCode.VERSION_EXISTS);
    }

    @Test
    void a_source_that_is_not_allowed_is_refused_before_there_is_an_operation() {
        PackageSource unlisted = new PackageSource.Url("https://evil.example/a.zip", Digest.of(new byte[0]));

        assertThatThrownBy(() -> begin(unlisted))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ProblemCode.SOURCE_REFUSED));
    }

    @Test
    void while_one_is_at_work_others_wait_and_too_many_of_a_tenant_are_refused() {
        PackageSource source = waiting(QUIET);
        Operation first = begin(source);
        while (TestService.await(installer.find(TenantId.DEFAULT, first.id()))
                        .orElseThrow()
                        .state()
                != Operation.State.RUNNING) {
            Pauses.brief();
        }
        Operation last = first;
        for (int count = 1; count < SourceInstaller.MOST_OF_TENANT; count++) {
            last = begin(source);
        }

        assertThatThrownBy(() -> begin(source))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ProblemCode.OVERLOADED));
        Actor other = new Actor("key:other", new TenantId("other"), Set.of(Role.ADMIN));
        Operation theirs = TestService.await(installer.begin(source, other, this::arrive));
        assertThat(theirs.state()).isEqualTo(Operation.State.PENDING);
        gate.countDown();
        assertThat(ended(last).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(ended(begin(source)).state()).isEqualTo(Operation.State.SUCCEEDED);
    }

    @Test
    void an_operation_that_counts_as_failed_installs_nothing_any_more() {
        OperationStore forgetful = new OperationStore() {
            @Override
            public Uni<Void> begin(TenantId tenant, OperationId id, Begun begun, Lease lease) {
                return store.begin(tenant, id, begun, lease);
            }

            @Override
            public Uni<Boolean> renew(TenantId tenant, OperationId id, Operation.Progress progress, Lease lease) {
                return Uni.createFrom().item(progress.phase() != Operation.Phase.INSTALLING);
            }

            @Override
            public Uni<Boolean> succeed(
                    TenantId tenant,
                    OperationId id,
                    Operation.Progress progress,
                    Operation.Result result,
                    String owner) {
                throw new AssertionError("it was not ours any more");
            }

            @Override
            public Uni<Boolean> fail(
                    TenantId tenant,
                    OperationId id,
                    Operation.Progress progress,
                    ProblemException problem,
                    String owner) {
                return store.fail(tenant, id, progress, problem, owner);
            }

            @Override
            public Uni<Optional<Operation>> find(TenantId tenant, OperationId id) {
                return store.find(tenant, id);
            }
        };
        try (SourceInstaller late = new SourceInstaller(bench.fetch, forgetful, 1, QUICK)) {
            Operation begun = TestService.await(late.begin(zip(QUIET), ACTOR, this::arrive));

            assertThat(ended(begun).problem().orElseThrow().code()).isEqualTo(ProblemCode.OPERATION_INTERRUPTED);
        }
        assertThat(TestService.await(service.store.find(TenantId.DEFAULT, ID))).isEmpty();
    }

    @Test
    void a_fault_of_ours_ends_the_operation_and_tells_nothing_of_itself() {
        Operation begun = TestService.await(installer.begin(zip(QUIET), ACTOR, (upload, origin) -> {
            throw new IllegalStateException("secret detail");
        }));

        ProblemException problem = ended(begun).problem().orElseThrow();

        assertThat(problem.code()).isEqualTo(ProblemCode.INTERNAL_ERROR);
        assertThat(problem.detail()).doesNotContain("secret");
    }
}
