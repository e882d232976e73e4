package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.plugin.TestService.await;
import static org.storysign.plugins.plugin.TestService.json;
import static org.storysign.plugins.plugin.TestService.problem;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.CallResult;

/** Instances are kept for who was granted that, and for nobody else: each case fails when two of them share a pool. */
class PooledPluginTest {

    private static final PluginId ID = new PluginId("resizer");
    private static final String POOLED = "\"sandbox_config\": {\"instance\": \"pooled\"}";
    private static final String CONSENT =
            "keeps its memory between calls, so that what it learns of one user may reach another";

    /** {@code count} gives a digit: how often this instance was called. */
    private static final String COUNTS = """
            (module
              (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
              (import "extism:host/env" "store_u8" (func $store (param i64 i32)))
              (import "extism:host/env" "output_set" (func $output (param i64 i64)))
              (memory (export "memory") 1)
              (global $count (mut i32) (i32.const 48))
              (func $count (export "count") (result i32) (local $block i64)
                (global.set $count (i32.add (global.get $count) (i32.const 1)))
                (local.set $block (call $alloc (i64.const 1)))
                (call $store (local.get $block) (global.get $count))
                (call $output (local.get $block) (i64.const 1))
                (i32.const 0))
              (func (export "fail") (result i32) (drop (call $count)) (i32.const 1)))
            """;

    private static final Actor OTHER = new Actor("key:test", new TenantId("other"), Set.of(Role.ADMIN));

    private final TestService service = new TestService();

    private static PluginPackage counting(String members) {
        return TestPackages.of("{" + members + "}", COUNTS);
    }

    private void serve(String members) {
        service.install(counting(members));
        service.enableAgreeing(ID, "[]");
    }

    private String count() {
        return TestCalls.output(service, ID, "count");
    }

    @Test
    void keeping_instances_needs_consent_in_plain_words_and_is_agreed_to_once() {
        service.install(counting(POOLED));

        ProblemException problem = problem(() -> service.enable(ID, EnableRequest.PLAIN));
        service.enableAgreeing(ID, "[]");
        service.disable(ID);

        assertThat(problem.code()).isEqualTo(ProblemCode.CONSENT_REQUIRED);
        assertThat(problem.facts().get(FactKey.DIFFERENCE)).isEqualTo(List.of(CONSENT));
        assertThat(service.enable(ID, EnableRequest.PLAIN).keepsInstances()).isTrue();
    }

    @Test
    void another_consent_than_to_this_very_release_keeps_no_instances() {
        serve(POOLED);
        Plugin plugin = service.stored(ID);

        Plugin agreedToElse = plugin.with(plugin.state(), plugin.grants(), plugin.level(), Optional.of("0".repeat(32)));
        Plugin agreedToNothing = plugin.with(plugin.state(), plugin.grants(), plugin.level(), Optional.empty());

        assertThat(plugin.keepsInstances()).isTrue();
        assertThat(agreedToElse.keepsInstances()).isFalse();
        assertThat(agreedToNothing.keepsInstances()).isFalse();
    }

    @Test
    void a_pooled_plugin_remembers_and_another_does_not() {
        serve(POOLED);
        List<String> pooled = List.of(count(), count(), count());
        service.disable(ID);
        service.install(counting("\"version\": \"1.1.0\""));
        service.enableAgreeing(ID, "[]");

        assertThat(pooled).containsExactly("1", "2", "3");
        assertThat(List.of(count(), count())).containsExactly("1", "1");
    }

    @Test
    void an_instance_is_let_go_after_a_failure() {
        serve(POOLED);
        List<String> before = List.of(count(), count());

        CallResult failed = TestCalls.result(service, ID, "fail", "");

        assertThat(before).containsExactly("1", "2");
        assertThat(failed).isInstanceOf(CallResult.Trapped.class);
        assertThat(count()).isEqualTo("1");
    }

    @Test
    void initialize_runs_on_an_instance_of_its_own() {
        serve(POOLED + ", \"lifecycle\": {\"initialize\": \"count\"}");

        assertThat(count()).isEqualTo("1");
    }

    @Test
    void disabling_lets_the_instances_go() {
        serve(POOLED);
        count();

        service.disable(ID);
        int idle = service.sandbox.idleInstances();
        service.enable(ID, EnableRequest.PLAIN);

        assertThat(idle).isZero();
        assertThat(count()).isEqualTo("1");
    }

    @Test
    void other_grants_begin_with_other_instances() {
        service.install(counting(POOLED + ", \"permissions\": [{\"name\": \"storage:read\", \"optional\": true}]"));
        service.enableAgreeing(ID, "[]");
        count();
        service.disable(ID);

        service.enableAgreeing(ID, "[\"storage:read\"]");

        assertThat(service.stored(ID).keepsInstances()).isTrue();
        assertThat(count()).isEqualTo("1");
    }

    @Test
    void another_release_needs_another_consent_and_begins_with_other_instances() {
        serve(POOLED);
        count();
        service.disable(ID);
        service.install(counting(POOLED + ", \"version\": \"1.1.0\""));

        ProblemException problem = problem(() -> service.enable(ID, EnableRequest.PLAIN));
        service.enableAgreeing(ID, "[]");

        assertThat(problem.facts().get(FactKey.DIFFERENCE)).isEqualTo(List.of(CONSENT));
        assertThat(count()).isEqualTo("1");
    }

    @Test
    void another_configuration_begins_with_other_instances_and_the_same_goes_on() {
        serve(POOLED);
        count();
        await(service.catalog.refresh(TenantId.DEFAULT));
        String goesOn = count();

        service.configure(ID, "{}", 1);

        assertThat(goesOn).isEqualTo("2");
        assertThat(count()).isEqualTo("1");
        assertThat(service.sandbox.idleInstances()).isEqualTo(1);
    }

    @Test
    void two_plugins_of_the_same_module_share_no_instance() {
        PluginId twin = new PluginId("twin");
        serve(POOLED);
        service.install(counting(POOLED + ", \"id\": \"twin\""));
        service.enableAgreeing(twin, "[]");

        List<String> counts = List.of(count(), TestCalls.output(service, twin, "count"), count());

        assertThat(counts).containsExactly("1", "1", "2");
    }

    @Test
    void two_tenants_share_no_instance() {
        serve(POOLED);
        await(service.installer.install(counting(POOLED), OTHER));
        EnableRequest request = EnableRequest.granting(json("[]"));
        ProblemException needed = problem(() -> await(service.lifecycle.enable(ID, request, OTHER)));
        String consent = String.valueOf(needed.facts().get(FactKey.CONSENT));
        await(service.lifecycle.enable(ID, request.withConsent(consent), OTHER));

        List<String> counts = List.of(count(), countOf(OTHER), count(), countOf(OTHER));

        assertThat(counts).containsExactly("1", "1", "2", "2");
    }

    private String countOf(Actor actor) {
        CallResult result = service.caller
                .call(actor, new PluginCall(ID, "count", new byte[0], Optional.empty()))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        return new String(((CallResult.Returned) result).output(), StandardCharsets.UTF_8);
    }
}
