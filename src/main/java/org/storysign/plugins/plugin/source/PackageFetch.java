package org.storysign.plugins.plugin.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.platform.http.SourceHttp;
import org.storysign.plugins.plugin.PackageArchive;
import org.storysign.plugins.plugin.PackageFolder;
import org.storysign.plugins.plugin.PluginPackage;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Gets a package's bytes from where it is, as the operator's terms allow. Safe for concurrent use. */
public final class PackageFetch {

    private static final Pattern FOLDER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

    private final SourceTerms terms;
    private final SourceHttp http;

    public PackageFetch(SourceTerms terms, SourceHttp http) {
        this.terms = terms;
        this.http = http;
    }

    /** Fails with {@code source-refused} when the terms do not allow the source, before anything is fetched. Does not block. */
    void require(PackageSource source) {
        switch (source) {
            case PackageSource.Url url -> http.require(url.url());
            case PackageSource.Oci oci -> registry(oci);
            case PackageSource.Directory directory -> folder(directory);
        }
    }

    /**
     * The package, as an upload would bring it: nothing of it is believed yet. Blocks, for the terms' deadline at most. Fails with
     * {@code source-refused}, {@code source-failed}, {@code digest-mismatch}, or as a package that cannot be read.
     */
    PluginPackage fetch(PackageSource source, FetchProgress progress) {
        return switch (source) {
            case PackageSource.Url url -> download(url, progress);
            case PackageSource.Oci oci -> new OciPull(registry(oci), oci.reference(), progress).fetch();
            case PackageSource.Directory directory -> read(directory, progress);
        };
    }

    private PluginPackage download(PackageSource.Url source, FetchProgress progress) {
        SourceHttp.Answer answer = http.get(
                new SourceHttp.Request(source.url(), Map.of(), PackageArchive.LARGEST_ZIP, progress::arrived),
                terms.deadline());
        if (answer.status() != 200) {
            throw new ProblemException(
                    ProblemCode.SOURCE_FAILED, "The source answers " + answer.status() + ", expected 200.");
        }
        Digest found = Digest.of(answer.body());
        progress.resolved(found);
        if (!found.equals(source.digest())) {
            throw new ProblemException(
                    ProblemCode.DIGEST_MISMATCH,
                    "The .zip at " + GuestText.quote(source.text()) + " is " + found + ", expected " + source.digest()
                            + ".",
                    Map.of(
                            FactKey.FOUND,
                            found.value(),
                            FactKey.EXPECTED,
                            source.digest().value()));
        }
        return PackageArchive.read(answer.body());
    }

    private OciRegistry registry(PackageSource.Oci source) {
        String registry = source.reference().registry();
        if (!terms.registries().contains(registry)) {
            throw refused("The registry `" + registry
                    + "` is not listed: an operator lists it in storysign.sources.registries.");
        }
        Optional<Credential> credential = source.credentials()
                .map(name -> Optional.ofNullable(terms.credentials().get(name))
                        .filter(known -> known.registry().equals(registry))
                        .orElseThrow(() -> refused(
                                "There are no credentials " + GuestText.quote(name) + " for the registry `" + registry
                                        + "`: an operator keeps them below storysign.sources.credentials.")));
        boolean plain = terms.hosts().isPlain(registry);
        return new OciRegistry(http, (plain ? "http://" : "https://") + registry, credential, terms.deadline());
    }

    private Path folder(PackageSource.Directory source) {
        Path directory = terms.directory()
                .orElseThrow(() -> refused(
                        "There is no directory of packages: an operator names one in storysign.sources.directory."));
        if (!FOLDER.matcher(source.name()).matches()) {
            throw refused(
                    source.text() + " is no folder's name, expected one of A-Z, a-z, 0-9 and ._- without a path.");
        }
        return directory.resolve(source.name());
    }

    private PluginPackage read(PackageSource.Directory source, FetchProgress progress) {
        Path folder = folder(source);
        try {
            Path real = folder.toRealPath();
            if (!real.startsWith(terms.directory().orElseThrow().toRealPath()) || !Files.isDirectory(real)) {
                throw refused(source.text() + " leads out of the directory of packages.");
            }
            PluginPackage content = new PackageFolder(real).read();
            progress.arrived(content.manifest().length + content.module().length);
            return content;
        } catch (IOException missing) {
            throw new ProblemException(
                    ProblemCode.SOURCE_FAILED, source.text() + " is not there: look in the directory of packages.");
        }
    }

    private static ProblemException refused(String why) {
        return new ProblemException(ProblemCode.SOURCE_REFUSED, why);
    }
}
