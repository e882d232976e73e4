package org.storysign.plugins.plugin;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.signature.PackageSignature;
import org.storysign.plugins.signature.PackageStatement;
import org.storysign.plugins.wasm.scan.ScanReport;

/**
 * An immutable version of a plugin. Config and grants are kept beside it.
 *
 * @param packageDigest what consent binds: manifest, module and every file
 * @param moduleDigest names the module's bytes in the {@link ArtifactStore}
 * @param scan what the scan saw
 * @param signatures over its {@link PackageStatement}, as they came; whose they are depends on who is trusted
 */
public record Release(
        PluginManifest manifest,
        Digest packageDigest,
        Digest moduleDigest,
        ScanReport scan,
        Instant installedAt,
        String installedBy,
        List<PackageSignature> signatures) {

    public Release {
        signatures = List.copyOf(signatures);
    }

    /** One that nobody signed. */
    public Release(
            PluginManifest manifest,
            Digest packageDigest,
            Digest moduleDigest,
            ScanReport scan,
            Instant installedAt,
            String installedBy) {
        this(manifest, packageDigest, moduleDigest, scan, installedAt, installedBy, List.of());
    }

    /** The signatures of both, each once, in the order they came. Fails with {@code signature-rejected} when they are too many. */
    public List<PackageSignature> signaturesWith(List<PackageSignature> others) {
        Set<PackageSignature> all = new LinkedHashSet<>(signatures);
        all.addAll(others);
        PackageSignature.requireFew(all.size());
        return List.copyOf(all);
    }

    /** What its signatures are over, if its module is this one. */
    PackageStatement statement(Digest module) {
        return PackageStatement.of(manifest.source(), module);
    }
}
