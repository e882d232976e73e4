package org.storysign.plugins.hook;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.manifest.FailurePolicy;
import org.storysign.plugins.manifest.HookName;
import org.storysign.plugins.plugin.CatalogSnapshot;
import org.storysign.plugins.plugin.EnabledPlugin;
import org.storysign.plugins.plugin.Plugin;

/** Every handler of one hook, of all types, in order: the policy's order first, then priority ascending, then plugin id. */
public record HookChain(HookName hook, HookPolicy policy, List<ChainLink> links, List<AbsentLink> absent) {

    public HookChain {
        links = List.copyOf(links);
        absent = List.copyOf(absent);
    }

    /** The chain that follows from what is enabled and what the operator decided: the same on every process. */
    public static HookChain of(HookName hook, HookPolicy policy, CatalogSnapshot enabled) {
        List<ChainLink> links = enabled.all().stream()
                .flatMap(plugin -> links(hook, policy, plugin))
                .sorted(order(policy))
                .toList();
        List<AbsentLink> absent = enabled.quarantined().stream()
                .filter(plugin -> !plugin.isObserved())
                .flatMap(plugin -> absent(hook, policy, plugin))
                .toList();
        return new HookChain(hook, policy, links, absent);
    }

    private static Stream<AbsentLink> absent(HookName hook, HookPolicy policy, Plugin plugin) {
        return plugin.active().manifest().hooks().stream()
                .filter(subscription -> subscription.hook().equals(hook))
                .filter(subscription -> policy.onError().orElse(subscription.onError()) == FailurePolicy.CLOSED)
                .map(subscription -> new AbsentLink(plugin, subscription));
    }

    /** A handler that a call must not pass without, and whose plugin is in quarantine. */
    Optional<AbsentLink> absent(HookCall call) {
        return absent.stream().filter(link -> link.answers(call)).findFirst();
    }

    /** The handlers that a call reaches, in order. */
    List<ChainLink> select(HookCall call) {
        return links.stream().filter(link -> link.answers(call)).toList();
    }

    private static Stream<ChainLink> links(HookName hook, HookPolicy policy, EnabledPlugin plugin) {
        return plugin.plugin().active().manifest().hooks().stream()
                .filter(subscription -> subscription.hook().equals(hook))
                .map(subscription ->
                        new ChainLink(plugin, subscription, policy.onError().orElse(subscription.onError())));
    }

    private static Comparator<ChainLink> order(HookPolicy policy) {
        return Comparator.<ChainLink>comparingInt(link -> rank(policy, link.id()))
                .thenComparingInt(link -> link.subscription().priority())
                .thenComparing(ChainLink::id)
                .thenComparing(link -> link.subscription().type())
                .thenComparing(link -> link.subscription().handler())
                .thenComparing(link -> link.subscription().target().orElse(""));
    }

    private static int rank(HookPolicy policy, PluginId id) {
        int place = policy.order().indexOf(id);
        return place < 0 ? policy.order().size() : place;
    }
}
