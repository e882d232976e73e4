package org.storysign.plugins.plugin;

import org.storysign.plugins.manifest.Version;

/** What became of an installation. */
public sealed interface InstallOutcome {

    /** As it is now; another release may be its active one. */
    Plugin plugin();

    /** A release that was not there before. */
    record Created(Plugin plugin) implements InstallOutcome {}

    /** The same content under the same version was there already; nothing but its signatures may have changed. */
    record Identical(Plugin plugin) implements InstallOutcome {}

    /** Other content is there under this version; nothing changed. */
    record VersionExists(Plugin plugin, Version version) implements InstallOutcome {}
}
