package org.storysign.plugins.manifest;

/** Reads {@code manifest.json}, strictly. */
public final class ManifestReader {

    /** Fails with {@code ProblemException} {@code manifest-invalid} and every violation. */
    public PluginManifest read(byte[] json) {
        throw new IllegalStateException("not built");
    }
}
