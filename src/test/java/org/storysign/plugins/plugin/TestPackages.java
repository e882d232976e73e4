package org.storysign.plugins.plugin;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.manifest.ManifestReader;
import org.storysign.plugins.manifest.ManifestText;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.signature.PackageStatement;
import org.storysign.plugins.wasm.WasmBinary;
import org.storysign.plugins.wasm.scan.ScanReport;

/** Packages for tests: the least manifest with what a test adds, and a module in the text format. */
public final class TestPackages {

    /** Asks for storage, to be initialised by {@code save}. */
    static final String ASKS_STORAGE =
            "{\"permissions\": [\"storage:write\"], \"lifecycle\": {\"initialize\": \"save\"}}";

    /** Writes the key that {@link TestService#initialisations} counts. */
    static final String SAVES =
            TestModules.saving("save", "{\"key\":\"initialised\",\"value\":1}", TestModules.Export.quiet("run"));

    /** An export {@code run} that answers nothing. */
    public static final String QUIET = """
            (module (memory (export "memory") 1) (func (export "run") (result i32) (i32.const 0)))
            """;

    public static final Actor OPERATOR = new Actor("key:test", TenantId.DEFAULT, Set.of(Role.ADMIN));

    private TestPackages() {}

    /** A package with these members of the manifest added or replaced. */
    public static PluginPackage of(String manifestMembers, String wat) {
        return new PluginPackage(ManifestText.bytes(ManifestText.with(manifestMembers)), Wat.assemble(wat));
    }

    /** The release of a package, as an installation makes it. */
    public static Release release(PluginPackage upload) {
        PluginManifest manifest = new ManifestReader().read(upload.manifest());
        WasmBinary module = new WasmBinary(upload.module());
        return new Release(
                manifest,
                PackageStatement.of(manifest.source(), module.digest()).digest(),
                module.digest(),
                new ScanReport(List.of()),
                Instant.parse("2026-11-22T12:00:00Z"),
                "key:test");
    }

    /** Asks for two permissions, each of which may be refused. */
    static String twoOptional(String version) {
        return """
                {"version": "%s", "permissions": [{"name": "storage:write", "optional": true},
                                                  {"name": "read:user_data", "optional": true}]}
                """.formatted(version);
    }
}
