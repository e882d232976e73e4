package org.storysign.plugins.rest.plugins;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.plugin.ConsentSheet;
import org.storysign.plugins.plugin.Release;
import org.storysign.plugins.plugin.ReleaseStanding;

/**
 * An immutable version of a plugin.
 *
 * @param active whether it serves when the plugin is enabled
 * @param state {@code ready}, {@code awaiting-consent} or {@code blocked}
 * @param difference what it could do that nobody has agreed to, in plain words
 * @param consent what agrees to that, in PUT active-release; null when there is nothing to agree to
 * @param signedBy publishers whose signatures count
 * @param offer what an operator is asked to agree to, with what changes; null when nobody could
 * @param reason why it is blocked; null when it is not
 */
public record ReleaseView(
        String version,
        boolean active,
        String state,
        List<String> difference,
        @Nullable String consent,
        @Nullable ConsentSheet offer,
        @Nullable String reason,
        List<String> signedBy,
        String packageDigest,
        String moduleDigest,
        Instant installedAt,
        String installedBy,
        List<FindingView> findings) {

    static ReleaseView of(ReleaseStanding standing) {
        Release release = standing.release();
        return new ReleaseView(
                release.manifest().version().value(),
                standing.active(),
                standing.state().publicName(),
                standing.difference(),
                standing.consent().orElse(null),
                standing.offer().orElse(null),
                standing.reason().orElse(null),
                standing.signedBy().stream().sorted().toList(),
                release.packageDigest().value(),
                release.moduleDigest().value(),
                release.installedAt(),
                release.installedBy(),
                FindingView.of(release.scan()));
    }
}
