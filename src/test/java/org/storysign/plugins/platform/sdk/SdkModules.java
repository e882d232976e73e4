package org.storysign.plugins.platform.sdk;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.storysign.plugins.kit.FolderPlugin;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** The modules in {@code wasm-plugins/sdk/calls}, each loaded once. */
record SdkModules(Map<String, FolderPlugin> loaded) implements AutoCloseable {

    SdkModules() {
        this(new ConcurrentHashMap<>());
    }

    FolderPlugin of(String language) {
        return loaded.computeIfAbsent(
                language,
                folder -> FolderPlugin.load(Path.of("wasm-plugins", "sdk", "calls", folder), Tiering.COMPILED));
    }

    @Override
    public void close() {
        loaded.values().forEach(FolderPlugin::close);
        loaded.clear();
    }
}
