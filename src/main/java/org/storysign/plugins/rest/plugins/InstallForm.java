package org.storysign.plugins.rest.plugins;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.storysign.plugins.plugin.PluginPackage;
import org.storysign.plugins.problem.JsonFields;

/** The body of POST /install. */
@Schema(name = "InstallForm")
record InstallForm(
        @Schema(description = "The manifest (see /api/plugins/schema/manifest)", required = true)
        Object manifest,

        @Schema(description = "The WebAssembly module in base64", required = true, examples = "AGFzbQEAAAA=")
        String module) {

    static final Set<String> MEMBERS = Set.of("manifest", "module");
    static final Set<String> BINARY = Set.of("module");

    static Optional<PluginPackage> read(JsonFields fields) {
        fields.require("manifest", "module");
        Optional<ObjectNode> manifest = fields.object("manifest");
        Optional<byte[]> module = fields.binary("module");
        return manifest.flatMap(object ->
                module.map(bytes -> new PluginPackage(object.toString().getBytes(StandardCharsets.UTF_8), bytes)));
    }
}
