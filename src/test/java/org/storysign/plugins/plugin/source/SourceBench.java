package org.storysign.plugins.plugin.source;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.storysign.plugins.platform.http.SourceHosts;
import org.storysign.plugins.platform.http.SourceHttp;
import org.storysign.plugins.plugin.PluginPackage;
import org.storysign.plugins.problem.ProblemException;

/** A fetch as an operator of these tests allows it, and what it reported. */
final class SourceBench implements AutoCloseable {

    static final Credential TEAM = new Credential("", "team", "s3cret-canary");

    final FetchProgress progress = new FetchProgress();
    private final SourceHttp http;
    final PackageFetch fetch;

    private SourceBench(SourceTerms terms) {
        this.http = new SourceHttp(Optional.empty(), terms.hosts());
        this.fetch = new PackageFetch(terms, http);
    }

    /** Servers of the loopback address, by http. The first registry is open by the credentials {@code team}. */
    static SourceBench of(Set<String> registries, Set<String> others, Duration deadline) {
        Set<String> all = new java.util.HashSet<>(registries);
        all.addAll(others);
        Map<String, Credential> credentials = registries.stream()
                .findFirst()
                .map(first -> Map.of("team", new Credential(first, TEAM.username(), TEAM.password())))
                .orElse(Map.of());
        return new SourceBench(new SourceTerms(
                registries, new SourceHosts(all, all, all), credentials, Optional.empty(), deadline, 1));
    }

    static SourceBench of(SourceHosts hosts) {
        return new SourceBench(new SourceTerms(Set.of(), hosts, Map.of(), Optional.empty(), Duration.ofSeconds(20), 1));
    }

    static SourceBench of(Path directory) {
        return new SourceBench(new SourceTerms(
                Set.of(), SourceHosts.NONE, Map.of(), Optional.of(directory), Duration.ofSeconds(20), 1));
    }

    PluginPackage fetch(PackageSource source) {
        fetch.require(source);
        return fetch.fetch(source, progress);
    }

    ProblemException refusal(PackageSource source) {
        return Assertions.catchThrowableOfType(ProblemException.class, () -> fetch(source));
    }

    @Override
    public void close() {
        http.close();
    }
}
