package org.storysign.plugins.storage;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.audit.AuditRecord;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.platform.Denials;
import org.storysign.plugins.platform.GateAnswer;
import org.storysign.plugins.platform.PlatformService;
import org.storysign.plugins.problem.ProblemCode;

@ServiceTest
class DenialAuditTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Denials denials;

    @Inject
    DenialAudit audit;

    @Inject
    PostgresAuditTrail trail;

    private final TenantId tenant = Tenants.fresh();

    @Test
    void a_thousand_denials_of_one_function_are_one_entry_that_says_how_many() {
        for (int i = 0; i < 1_000; i++) {
            denials.answered(answer("storage_get", ProblemCode.PERMISSION_DENIED));
        }
        denials.answered(answer("http_request", ProblemCode.HTTP_DENIED));

        audit.write().await().atMost(PATIENCE);

        List<AuditRecord> entries =
                trail.page(tenant, OptionalLong.empty(), 10).await().atMost(PATIENCE);
        assertThat(entries).extracting(AuditRecord::action).containsOnly("platform.denied");
        assertThat(entries).extracting(AuditRecord::actor).containsOnly("plugin:notes");
        assertThat(entries)
                .extracting(AuditRecord::facts)
                .satisfiesExactlyInAnyOrder(
                        facts -> assertThat(facts)
                                .contains("\"storage_get\"", "\"permission-denied\"", "\"count\":1000"),
                        facts -> assertThat(facts).contains("\"http_request\"", "\"http-denied\"", "\"count\":1"));
        assertThat(trail.firstBreak(tenant).await().atMost(PATIENCE)).isEmpty();
    }

    @Test
    void nothing_denied_writes_nothing() {
        denials.answered(new GateAnswer(
                tenant, new PluginId("notes"), PlatformService.AI, "ai_ask", Optional.empty(), Duration.ZERO));
        denials.answered(answer("storage_get", ProblemCode.DATABASE_UNAVAILABLE));

        audit.write().await().atMost(PATIENCE);

        assertThat(trail.page(tenant, OptionalLong.empty(), 10).await().atMost(PATIENCE))
                .isEmpty();
    }

    private GateAnswer answer(String function, ProblemCode refused) {
        return new GateAnswer(
                tenant, new PluginId("notes"), PlatformService.STORAGE, function, Optional.of(refused), Duration.ZERO);
    }
}
