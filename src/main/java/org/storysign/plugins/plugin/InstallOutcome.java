package org.storysign.plugins.plugin;

import java.util.Map;
import org.storysign.plugins.manifest.Version;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** What became of an installation. */
public sealed interface InstallOutcome {

    /** As it is now; another release may be its active one. */
    Plugin plugin();

    /** A release that was not there before. */
    record Created(Plugin plugin) implements InstallOutcome {}

    /** The same content under the same version was there already; nothing but its signatures may have changed. */
    record Identical(Plugin plugin) implements InstallOutcome {}

    /** Other content is there under this version; nothing changed. */
    record VersionExists(Plugin plugin, Version version) implements InstallOutcome {

        /** As it is told to whoever brought it. */
        public ProblemException problem() {
            return new ProblemException(
                    ProblemCode.VERSION_EXISTS,
                    "Plugin `" + plugin.id() + "` has version " + version
                            + " with other content: give the new content a new version.",
                    Map.of(FactKey.PLUGIN, plugin.id().value(), FactKey.RELEASE, version.value()));
        }
    }
}
