package org.storysign.plugins.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.plugin.TestService.await;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.manifest.FailurePolicy;
import org.storysign.plugins.manifest.HookName;
import org.storysign.plugins.plugin.TestPackages;
import org.storysign.plugins.plugin.TestService;

class HookCatalogTest {

    private static final HookName STORY = new HookName("story");

    private final TestService service = new TestService();
    private final InMemoryHookPolicyStore policies = new InMemoryHookPolicyStore();
    private final HookCatalog hooks = new HookCatalog(service.catalog, policies);

    @Test
    void a_hook_has_the_chain_of_those_who_subscribed() {
        subscribe("aa", "story", 50);
        subscribe("bb", "story", 10);
        subscribe("cc", "other", 1);

        assertThat(ids(chain(STORY))).containsExactly("bb", "aa");
        assertThat(chain(new HookName("nobody")).links()).isEmpty();
    }

    @Test
    void an_operators_policy_orders_and_closes_the_chain() {
        subscribe("aa", "story", 10);
        subscribe("bb", "story", 50);
        policies.put(STORY, new HookPolicy(List.of(new PluginId("bb")), Optional.of(FailurePolicy.CLOSED), 1));
        await(service.catalog.refresh(TenantId.DEFAULT));

        HookChain chain = chain(STORY);

        assertThat(ids(chain)).containsExactly("bb", "aa");
        assertThat(chain.links()).extracting(ChainLink::onError).containsOnly(FailurePolicy.CLOSED);
    }

    @Test
    void chains_are_built_once_for_a_snapshot_and_again_for_the_next() {
        subscribe("aa", "story", 10);
        chain(STORY);
        HookChain first = chain(STORY);
        assertThat(policies.reads()).isEqualTo(1);
        assertThat(chain(STORY)).isSameAs(first);

        service.disable(new PluginId("aa"));

        assertThat(chain(STORY).links()).isEmpty();
        assertThat(policies.reads()).isEqualTo(2);
    }

    @Test
    void all_hooks_are_listed_by_name_also_those_that_have_only_a_policy() {
        subscribe("aa", "story", 10);
        subscribe("bb", "another", 10);
        policies.put(new HookName("quiet"), new HookPolicy(List.of(), Optional.of(FailurePolicy.CLOSED), 1));

        assertThat(await(hooks.all(TenantId.DEFAULT)))
                .extracting(chain -> chain.hook().value())
                .containsExactly("another", "quiet", "story");
    }

    @Test
    void a_tenant_has_its_own_chains() {
        subscribe("aa", "story", 10);

        assertThat(await(hooks.chain(new TenantId("other"), STORY)).links()).isEmpty();
    }

    private void subscribe(String id, String hook, int priority) {
        service.serve(TestPackages.of("""
                {"id": "%s", "hooks": [{"name": "%s", "type": "filter", "handler": "run", "priority": %d}]}
                """.formatted(id, hook, priority), TestPackages.QUIET));
    }

    private HookChain chain(HookName hook) {
        return await(hooks.chain(TenantId.DEFAULT, hook));
    }

    private static List<String> ids(HookChain chain) {
        return chain.links().stream().map(link -> link.id().value()).toList();
    }
}
