package org.storysign.plugins.platform.sdk;

import java.nio.file.Path;
import java.util.List;

/** A language that plugins are written in with an SDK of ours. */
public interface SdkLanguage {

    /** All of them, in the order of the reference page. */
    static List<SdkLanguage> all() {
        return List.of(new RustSdk(), new AssemblyScriptSdk(), new GoSdk());
    }

    /** The word for it, such as {@code Rust}. */
    String name();

    /** What code fences call it. */
    String fence();

    /** Where its module of calls lies below {@code wasm-plugins/sdk/calls}. */
    default String folder() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The file of the SDK that is made here. */
    Path sdkFile();

    /** What is in {@link #sdkFile()}. */
    String sdk(SdkPlatform platform);

    /** The source of the module that calls every function. */
    Path callsFile();

    /** What is in {@link #callsFile()}. */
    String calls(SdkPlatform platform);

    /** The call that the reference page shows: the text that the module has. */
    String example(SdkPlatform platform, SdkFunction function);
}
