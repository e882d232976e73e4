package org.storysign.plugins.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.storysign.plugins.manifest.ManifestReader;
import org.storysign.plugins.plugin.PluginPackage;
import org.storysign.plugins.signature.PackageStatement;
import org.storysign.plugins.wasm.WasmBinary;

/** What signing and verifying read. */
final class KeyFiles {

    private KeyFiles() {}

    static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new CommandMisused(file + " cannot be read. `plugin keygen` makes keys.");
        }
    }

    static PackageStatement statement(PluginPackage content) {
        return PackageStatement.of(
                new ManifestReader().read(content.manifest()).source(), new WasmBinary(content.module()).digest());
    }
}
