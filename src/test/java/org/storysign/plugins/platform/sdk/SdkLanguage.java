package org.storysign.plugins.platform.sdk;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A language that plugins are written in with an SDK of ours. */
public interface SdkLanguage {

    /** All of them, in the order of the reference page. */
    static List<SdkLanguage> all() {
        return List.of(new RustSdk(), new AssemblyScriptSdk(), new GoSdk(), new CSdk());
    }

    /** The word for it, such as {@code Rust}. */
    String name();

    /** What code fences call it. */
    String fence();

    /** Where its module of calls lies below {@code wasm-plugins/sdk/calls}. */
    default String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What is made of it: functions of the SDK, and the source of the module that calls every one. */
    Map<Path, String> files(SdkPlatform platform);

    /** The call that the reference page shows: the text that the module has. */
    String example(SdkPlatform platform, SdkFunction function);
}
