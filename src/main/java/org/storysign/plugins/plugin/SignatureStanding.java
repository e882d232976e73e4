package org.storysign.plugins.plugin;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.signature.SignatureCheck;

/**
 * What a release's signatures are worth now.
 *
 * @param signatures how many it came with
 * @param signedBy publishers whose signatures count
 * @param required whether its level, or the operator's policy, needs them
 * @param problem why they do not suffice or are not valid; null when there is nothing wrong
 */
public record SignatureStanding(
        int signatures,
        List<String> signedBy,
        boolean required,
        @Nullable String problem) {

    static SignatureStanding of(Plugin plugin, SignatureCheck check) {
        Release release = plugin.active();
        boolean required = check.policy().concerns(plugin.level());
        int count = release.signatures().size();
        try {
            List<String> signedBy = ReleaseSignatures.publishers(check, release).stream()
                    .sorted()
                    .toList();
            if (required) {
                check.require(release.statement(release.moduleDigest()), release.signatures());
            }
            return new SignatureStanding(count, signedBy, required, null);
        } catch (ProblemException refused) {
            return new SignatureStanding(count, List.of(), required, refused.detail());
        }
    }

    Optional<String> refusal() {
        return Optional.ofNullable(problem);
    }
}
