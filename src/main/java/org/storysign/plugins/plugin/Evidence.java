package org.storysign.plugins.plugin;

import java.util.List;
import java.util.Optional;
import org.storysign.plugins.permission.GrantReader;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.wasm.scan.ModuleFacts;

/**
 * What a security report is made from.
 *
 * @param facts of the active release's module; empty when it cannot be read
 * @param use what it asks for against what it imports
 */
record Evidence(
        Plugin plugin,
        Optional<ModuleFacts> facts,
        PermissionUse use,
        SignatureStanding signature,
        Optional<BlockedDigest> block,
        List<Denied> denials) {

    Evidence {
        denials = List.copyOf(denials);
    }

    /** What it was given; of one that nobody has agreed to yet and that does not serve, all it asks for. */
    Grants grants() {
        boolean isDecided = plugin.consent().isPresent() || plugin.state() instanceof PluginState.Enabled;
        return isDecided
                ? plugin.grants()
                : new GrantReader(plugin.active().manifest().permissions()).everything();
    }
}
