package org.storysign.plugins.rest.plugins;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.storysign.plugins.plugin.PackageFiles;
import org.storysign.plugins.plugin.PluginPackage;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.signature.PackageSignature;

/** The body of POST /install. */
@Schema(name = "InstallForm")
record InstallForm(
        @Schema(description = "The manifest (see /api/plugins/schema/manifest)", required = true)
        Object manifest,

        @Schema(description = "The WebAssembly module in base64", required = true, examples = "AGFzbQEAAAA=")
        String module,

        @Schema(description = "The manifest's files in base64, by their paths")
        Map<String, String> files,

        @Schema(description = "Signatures of the package, each the text of a Sigstore bundle or a bare one in base64")
        List<String> signatures) {

    static final Set<String> MEMBERS = Set.of("manifest", "module", "files", "signatures");
    static final Set<String> BINARY = Set.of("module");

    static Optional<PluginPackage> read(JsonFields fields) {
        fields.require("manifest", "module");
        Optional<ObjectNode> manifest = fields.object("manifest");
        Optional<byte[]> module = fields.binary("module");
        PackageFiles files = PackageFiles.of(files(fields));
        List<byte[]> signatures = signatures(fields);
        return manifest.flatMap(object -> module.map(bytes ->
                new PluginPackage(object.toString().getBytes(StandardCharsets.UTF_8), bytes, files, signatures)));
    }

    private static List<byte[]> signatures(JsonFields fields) {
        List<byte[]> texts = new ArrayList<>();
        fields.array("signatures", PackageSignature.MOST)
                .ifPresent(array -> array.forEach(text -> {
                    if (text.isTextual()) {
                        texts.add(text.textValue().getBytes(StandardCharsets.UTF_8));
                    } else {
                        fields.report("signatures", "has something that is no string");
                    }
                }));
        return texts;
    }

    private static Map<String, byte[]> files(JsonFields fields) {
        Map<String, byte[]> files = new TreeMap<>();
        fields.object("files")
                .ifPresent(object -> object.properties().forEach(file -> {
                    try {
                        files.put(
                                file.getKey(),
                                Base64.getDecoder().decode(file.getValue().asText("?")));
                    } catch (IllegalArgumentException e) {
                        fields.report("files", "has something that is not base64 (RFC 4648, section 4)");
                    }
                }));
        return files;
    }
}
