package org.storysign.plugins.plugin;

/** What an author uploads, as bytes: nothing about it is known yet. */
public record PluginPackage(byte[] manifest, byte[] module) {

    public PluginPackage {
        manifest = manifest.clone();
        module = module.clone();
    }
}
