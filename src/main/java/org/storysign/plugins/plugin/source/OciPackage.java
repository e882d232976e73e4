package org.storysign.plugins.plugin.source;

/**
 * How a package lies in a registry. Usually as an artifact of type {@link #ARTIFACT} with one layer, the package's .zip. A module alone may
 * also lie as CNCF's Wasm OCI artifact: config {@link #WASM_CONFIG}, one layer {@link #WASM}, and our manifest as an annotation or a
 * layer of its own. In both, signatures may be layers beside them, so that one can be added without a new package.
 */
public final class OciPackage {

    public static final String ARTIFACT = "application/vnd.storysign.plugin.v1+json";
    public static final String ARCHIVE = "application/vnd.storysign.plugin.package.v1+zip";
    public static final String SIGNATURE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    public static final String WASM_CONFIG = "application/vnd.wasm.config.v0+json";
    public static final String WASM = "application/wasm";
    public static final String MANIFEST = "application/vnd.storysign.plugin.manifest.v1+json";

    /** The annotation that holds a plugin's manifest as text. */
    public static final String MANIFEST_ANNOTATION = "org.storysign.plugin.manifest";

    private OciPackage() {}
}
