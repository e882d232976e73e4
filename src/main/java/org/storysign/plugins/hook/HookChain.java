package org.storysign.plugins.hook;

import java.util.List;
import org.storysign.plugins.manifest.HookName;

/** Every handler of one hook, of all types, in order: the policy's order first, then priority ascending, then plugin id. */
public record HookChain(HookName hook, HookPolicy policy, List<ChainLink> links) {

    public HookChain {
        links = List.copyOf(links);
    }
}
