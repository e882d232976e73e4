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
import org.storysign.plugins.plugin.source.PackageSource;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.signature.PackageSignature;

/** The body of POST /install. */
@Schema(name = "InstallForm")
record InstallForm(
        @Schema(description = "The manifest (see /api/plugins/schema/manifest)")
        Object manifest,

        @Schema(description = "The WebAssembly module in base64", examples = "AGFzbQEAAAA=")
        String module,

        @Schema(description = "The manifest's files in base64, by their paths")
        Map<String, String> files,

        @Schema(description = "Signatures of the package, each the text of a Sigstore bundle or a bare one in base64")
        List<String> signatures,

        @Schema(description = "Instead of all that, where the package is; the answer is an operation then")
        SourceForm source) {

    static final Set<String> MEMBERS = Set.of("manifest", "module", "files", "signatures", "source");
    static final Set<String> BINARY = Set.of("module");

    /** Either a package or where one is. */
    sealed interface Wanted {
        record Content(PluginPackage upload) implements Wanted {}

        record From(PackageSource source) implements Wanted {}
    }

    static Optional<Wanted> read(JsonFields fields) {
        return fields.has("source")
                ? source(fields).map(Wanted.From::new)
                : content(fields).map(Wanted.Content::new);
    }

    /** Where the package is, and nothing else. */
    static Optional<PackageSource> source(JsonFields fields) {
        fields.require("source");
        MEMBERS.stream()
                .filter(name -> !name.equals("source") && fields.has(name))
                .sorted()
                .forEach(name -> fields.report(name, "stands beside source, expected source alone"));
        return SourceForm.read(fields);
    }

    private static Optional<PluginPackage> content(JsonFields fields) {
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
