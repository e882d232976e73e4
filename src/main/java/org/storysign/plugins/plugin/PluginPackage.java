package org.storysign.plugins.plugin;

import java.util.List;

/**
 * What an author uploads, as bytes: nothing about it is known yet.
 *
 * @param signatures each as a text of its own
 */
public record PluginPackage(byte[] manifest, byte[] module, PackageFiles files, List<byte[]> signatures) {

    /** Where a folder or .zip has its signatures, a file each. */
    public static final String SIGNATURES = "signatures/";

    /** A package that nobody signed. */
    public PluginPackage(byte[] manifest, byte[] module, PackageFiles files) {
        this(manifest, module, files, List.of());
    }

    /** A package without files. */
    public PluginPackage(byte[] manifest, byte[] module) {
        this(manifest, module, PackageFiles.NONE);
    }

    public PluginPackage {
        manifest = manifest.clone();
        module = module.clone();
        signatures = signatures.stream().map(byte[]::clone).toList();
    }
}
