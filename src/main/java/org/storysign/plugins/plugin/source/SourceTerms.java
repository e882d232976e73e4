package org.storysign.plugins.plugin.source;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.storysign.plugins.platform.http.SourceHosts;

/**
 * What an operator allows packages to be brought from.
 *
 * @param registries those that may be asked for artifacts
 * @param hosts every server that may be asked, the registries too
 * @param credentials by name
 * @param directory whose folders may be installed
 * @param deadline for fetching one package
 * @param parallel how many are brought at the same time
 */
public record SourceTerms(
        Set<String> registries,
        SourceHosts hosts,
        Map<String, Credential> credentials,
        Optional<Path> directory,
        Duration deadline,
        int parallel) {

    /** Nothing is allowed. */
    public static final SourceTerms NOTHING =
            new SourceTerms(Set.of(), SourceHosts.NONE, Map.of(), Optional.empty(), Duration.ofMinutes(2), 2);

    public SourceTerms {
        registries = Set.copyOf(registries);
        credentials = Map.copyOf(credentials);
        if (parallel < 1) {
            throw new IllegalArgumentException("parallel is " + parallel + ", expected 1 or more");
        }
    }
}
