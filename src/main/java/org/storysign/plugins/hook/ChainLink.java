package org.storysign.plugins.hook;

import java.util.Set;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.manifest.FailurePolicy;
import org.storysign.plugins.manifest.HookSubscription;
import org.storysign.plugins.manifest.Version;
import org.storysign.plugins.plugin.EnabledPlugin;

/**
 * One handler in a chain.
 *
 * @param onError the hook policy's word, else the manifest's
 */
public record ChainLink(EnabledPlugin plugin, HookSubscription subscription, FailurePolicy onError) {

    public PluginId id() {
        return plugin.plugin().id();
    }

    public Version release() {
        return plugin.plugin().active().manifest().version();
    }

    /** Whether it is run to be looked at, and changes nothing. */
    boolean isObserved() {
        return plugin.plugin().isObserved();
    }

    /** Whether the call is of its type, and names neither another target nor a module the plugin is not meant for. */
    boolean answers(HookCall call) {
        return answers(subscription, plugin.plugin().active().manifest().supportedModules(), call);
    }

    static boolean answers(HookSubscription subscription, Set<String> modules, HookCall call) {
        return subscription.type() == call.type()
                && (call.target().isEmpty()
                        || subscription.target().isEmpty()
                        || subscription.target().equals(call.target()))
                && (modules.isEmpty()
                        || call.origin().module().map(modules::contains).orElse(true));
    }
}
