package org.storysign.plugins.storage;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.manifest.ManifestReader;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.plugin.Release;
import org.storysign.plugins.wasm.WasmBinary;
import org.storysign.plugins.wasm.scan.Finding;
import org.storysign.plugins.wasm.scan.ScanReport;
import org.storysign.plugins.wasm.scan.Severity;

/** Releases of tests; the store never looks into a module, so any bytes do. */
final class Releases {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");
    private static final ManifestReader READER = new ManifestReader();

    private Releases() {}

    static Release of(String id, String version, WasmBinary module, String... permissions) {
        String manifest = """
                {"manifest_version": 1, "id": "%s", "name": "The %s", "version": "%s", "description": "Counts 100%% of it",
                 "author": "Ada", "license": "Apache-2.0", "entry_point": "plugin.wasm", "permissions": [%s]}
                """.formatted(
                        id,
                        id,
                        version,
                        String.join(
                                ",",
                                List.of(permissions).stream()
                                        .map(each -> "\"" + each + "\"")
                                        .toList()));
        PluginManifest read = READER.read(manifest.getBytes(StandardCharsets.UTF_8));
        return new Release(
                read,
                Digest.of((manifest + module.digest()).getBytes(StandardCharsets.UTF_8)),
                module.digest(),
                new ScanReport(List.of(new Finding("floats", Severity.INFO, "code", "uses floats"))),
                NOON,
                "key:test");
    }

    static WasmBinary module(String content) {
        return new WasmBinary(content.getBytes(StandardCharsets.UTF_8));
    }
}
