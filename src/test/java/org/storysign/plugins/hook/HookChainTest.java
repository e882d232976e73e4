package org.storysign.plugins.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.kit.EnabledPlugins.snapshot;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.kit.EnabledPlugins;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.manifest.FailurePolicy;
import org.storysign.plugins.manifest.HookName;
import org.storysign.plugins.plugin.CatalogSnapshot;
import org.storysign.plugins.plugin.EnabledPlugin;
import org.storysign.plugins.sandbox.chicory.Tiering;

class HookChainTest {

    private static final HookName STORY = new HookName("story");

    @Test
    void handlers_run_by_priority_and_then_by_plugin_id() {
        CatalogSnapshot enabled = snapshot(
                plugin("late", "\"type\":\"filter\",\"priority\":200"),
                plugin("bb", "\"type\":\"filter\""),
                plugin("aa", "\"type\":\"filter\""),
                plugin("early", "\"type\":\"filter\",\"priority\":-5"));

        HookChain chain = HookChain.of(STORY, HookPolicy.NONE, enabled);

        assertThat(ids(chain.links())).containsExactly("early", "aa", "bb", "late");
    }

    @Test
    void an_operators_order_comes_before_priorities() {
        CatalogSnapshot enabled = snapshot(
                plugin("aa", "\"type\":\"filter\",\"priority\":1"),
                plugin("bb", "\"type\":\"filter\",\"priority\":2"),
                plugin("cc", "\"type\":\"filter\",\"priority\":3"));
        HookPolicy policy = new HookPolicy(List.of(new PluginId("cc"), new PluginId("not-there")), Optional.empty(), 1);

        HookChain chain = HookChain.of(STORY, policy, enabled);

        assertThat(ids(chain.links())).containsExactly("cc", "aa", "bb");
    }

    @Test
    void a_hooks_policy_wins_over_what_the_manifest_says_about_failures() {
        CatalogSnapshot enabled = snapshot(plugin("aa", "\"type\":\"filter\",\"on_error\":\"open\""));

        HookChain closed =
                HookChain.of(STORY, new HookPolicy(List.of(), Optional.of(FailurePolicy.CLOSED), 1), enabled);

        assertThat(closed.links()).extracting(ChainLink::onError).containsExactly(FailurePolicy.CLOSED);
        assertThat(HookChain.of(STORY, HookPolicy.NONE, enabled).links())
                .extracting(ChainLink::onError)
                .containsExactly(FailurePolicy.OPEN);
    }

    @Test
    void other_hooks_handlers_are_not_in_the_chain() {
        HookChain chain =
                HookChain.of(new HookName("other"), HookPolicy.NONE, snapshot(plugin("aa", "\"type\":\"filter\"")));

        assertThat(chain.links()).isEmpty();
    }

    @Test
    void a_call_reaches_the_handlers_of_its_type_target_and_module() {
        HookChain chain = HookChain.of(
                STORY,
                HookPolicy.NONE,
                snapshot(
                        plugin("any", "\"type\":\"filter\""),
                        plugin("aimed", "\"type\":\"filter\",\"target\":\"world.generate\""),
                        plugin("before", "\"type\":\"before\""),
                        forModule("asl", "\"type\":\"filter\"")));

        assertThat(ids(chain.select(HookCalls.filter("\"x\""))))
                .as("a call that names nothing reaches all")
                .containsExactly("aimed", "any", "asl");
        assertThat(ids(chain.select(HookCalls.filter("\"x\"", "\"target\":\"world.other\""))))
                .containsExactly("any", "asl");
        assertThat(ids(chain.select(HookCalls.filter("\"x\"", "\"module_name\":\"harmony\""))))
                .containsExactly("aimed", "any");
        assertThat(ids(chain.select(
                        HookCalls.filter("\"x\"", "\"module_name\":\"asl-world\",\"target\":\"world.generate\""))))
                .containsExactly("aimed", "any", "asl");
    }

    private static EnabledPlugin plugin(String id, String subscription) {
        return EnabledPlugins.of(TestSandbox.on(Tiering.INTERPRETED), id, subscription, Guests.silent());
    }

    private static EnabledPlugin forModule(String id, String subscription) {
        return EnabledPlugins.of(
                TestSandbox.on(Tiering.INTERPRETED),
                id,
                subscription,
                "\"supported_modules\":[\"asl-world\"],",
                Guests.silent());
    }

    private static List<String> ids(List<ChainLink> links) {
        return links.stream().map(link -> link.id().value()).toList();
    }
}
