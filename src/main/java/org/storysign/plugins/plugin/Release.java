package org.storysign.plugins.plugin;

import java.time.Instant;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.wasm.scan.ScanReport;

/**
 * An immutable version of a plugin. Config and grants are kept beside it.
 *
 * @param packageDigest what consent binds: manifest, module and every file
 * @param moduleDigest names the module's bytes in the {@link ArtifactStore}
 * @param scan what the scan saw
 */
public record Release(
        PluginManifest manifest,
        Digest packageDigest,
        Digest moduleDigest,
        ScanReport scan,
        Instant installedAt,
        String installedBy) {}
