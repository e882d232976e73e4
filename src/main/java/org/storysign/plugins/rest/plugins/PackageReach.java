package org.storysign.plugins.rest.plugins;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.plugin.PluginPackage;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.StrictJson;
import org.storysign.plugins.problem.Violations;
import org.storysign.plugins.security.Caller;

/** A key that is limited to plugins brings packages of these only. The id is in the manifest, so no address can be asked. */
final class PackageReach {

    private static final StrictJson JSON = new StrictJson(20);

    private PackageReach() {}

    /** Throws {@code ProblemException} {@code forbidden}. */
    static void require(PluginPackage upload, Caller caller) {
        if (caller.isLimitedToPlugins() && idOf(upload).filter(caller::reaches).isEmpty()) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN,
                    "The key is limited to certain plugins, and the package is of none of them.");
        }
    }

    private static Optional<PluginId> idOf(PluginPackage upload) {
        JsonNode manifest = JSON.read(upload.manifest(), new Violations());
        return PluginId.parse(manifest.path("id").asText(""));
    }
}
