package org.storysign.plugins.rest.plugins;

import java.time.Instant;
import java.util.List;
import org.storysign.plugins.plugin.Release;

/** An immutable version of a plugin. */
public record ReleaseView(
        String version,
        String packageDigest,
        String moduleDigest,
        Instant installedAt,
        String installedBy,
        List<FindingView> findings) {

    static ReleaseView of(Release release) {
        return new ReleaseView(
                release.manifest().version().value(),
                release.packageDigest().value(),
                release.moduleDigest().value(),
                release.installedAt(),
                release.installedBy(),
                FindingView.of(release.scan()));
    }
}
