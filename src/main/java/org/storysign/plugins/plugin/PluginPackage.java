package org.storysign.plugins.plugin;

/** What an author uploads, as bytes: nothing about it is known yet. */
public record PluginPackage(byte[] manifest, byte[] module, PackageFiles files) {

    /** A package without files. */
    public PluginPackage(byte[] manifest, byte[] module) {
        this(manifest, module, PackageFiles.NONE);
    }

    public PluginPackage {
        manifest = manifest.clone();
        module = module.clone();
    }
}
