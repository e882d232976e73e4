package org.storysign.plugins;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.storysign.plugins.platform.http.SourceHosts;
import org.storysign.plugins.plugin.source.Credential;
import org.storysign.plugins.plugin.source.SourceTerms;
import org.storysign.plugins.problem.BadSettingException;

/** Where packages may be brought from by the service itself; from nowhere unless something is set. */
@ConfigMapping(prefix = SourcesConfig.PREFIX)
interface SourcesConfig {

    String PREFIX = "storysign.sources";

    Pattern AUTHORITY = Pattern.compile("(\\*\\.)?[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[1-9][0-9]{0,4})?");

    /** Servers that packages may be fetched from by URL, or that a registry may redirect to, such as {@code *.example.com}. */
    Optional<Set<String>> hosts();

    /** Registries, such as {@code registry.example.com} or {@code localhost:5000}; no {@code *}. */
    Optional<Set<String>> registries();

    /** Those of both that may have addresses which are not public, because they stand in the operator's own network. */
    Optional<Set<String>> privateHosts();

    /** Those of both that are asked by http. */
    Optional<Set<String>> plainHosts();

    /** What opens a registry, by the names that requests say. */
    Map<String, CredentialConfig> credentials();

    /** Whose folders may be installed by name. */
    Optional<Path> directory();

    /** For fetching one package. */
    @WithDefault("2m")
    Duration deadline();

    /** Packages brought at the same time; each may take 40 MiB of memory. */
    @WithDefault("2")
    int parallel();

    /** What opens one registry. */
    interface CredentialConfig {
        String registry();

        String username();

        /** Best as an environment variable or from a mounted secret. */
        String password();
    }

    default SourceTerms terms() {
        Set<String> registries = authorities("registries", registries());
        registries.stream().filter(name -> name.startsWith("*")).findFirst().ifPresent(name -> {
            throw new BadSettingException(PREFIX + ".registries", name, "a registry's name without *");
        });
        Set<String> listed = new HashSet<>(authorities("hosts", hosts()));
        listed.addAll(registries);
        SourceHosts known = new SourceHosts(
                listed, authorities("private-hosts", privateHosts()), authorities("plain-hosts", plainHosts()));
        directory().filter(path -> !Files.isDirectory(path)).ifPresent(path -> {
            throw new BadSettingException(PREFIX + ".directory", path, "a directory that is there");
        });
        if (!deadline().isPositive()) {
            throw new BadSettingException(PREFIX + ".deadline", deadline(), "a time longer than none");
        }
        return BadSettingException.below(
                PREFIX,
                () -> new SourceTerms(registries, known, credentials(registries), directory(), deadline(), parallel()));
    }

    private Map<String, Credential> credentials(Set<String> registries) {
        return credentials().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> {
            CredentialConfig set = entry.getValue();
            if (!registries.contains(set.registry())) {
                throw new BadSettingException(
                        PREFIX + ".credentials." + entry.getKey() + ".registry",
                        set.registry(),
                        "one of " + PREFIX + ".registries");
            }
            return new Credential(set.registry(), set.username(), set.password());
        }));
    }

    private static Set<String> authorities(String setting, Optional<Set<String>> names) {
        for (String name : names.orElse(Set.of())) {
            if (!AUTHORITY.matcher(name).matches()) {
                throw new BadSettingException(
                        PREFIX + "." + setting,
                        name,
                        "a server such as plugins.example.com, *.example.com or localhost:5000");
            }
        }
        return names.orElse(Set.of());
    }
}
