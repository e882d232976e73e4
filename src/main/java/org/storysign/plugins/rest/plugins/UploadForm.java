package org.storysign.plugins.rest.plugins;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.storysign.plugins.plugin.PackageArchive;
import org.storysign.plugins.plugin.PackageFiles;
import org.storysign.plugins.plugin.PluginPackage;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.rest.http.FormPart;

/** The parts of POST /upload. */
@Schema(name = "UploadForm")
record UploadForm(
        @Schema(description = "manifest.json", required = true, format = "binary")
        String manifest,

        @Schema(description = "The WebAssembly module", required = true, format = "binary")
        String module,

        @Schema(
                name = "package",
                description =
                        "Instead of both, a .zip with manifest.json, the module and every file. Without it, the manifest's"
                                + " files are parts of their own, named `file:` and the path, such as `file:ui/progress.html`, and signatures parts named `signature` or"
                                + " `signature:` and any word.",
                format = "binary")
        String archive) {

    private static final String FILE = "file:";
    private static final String SIGNATURE = "signature";

    /** Throws {@code ProblemException} {@code request-invalid} when a part is missing or unknown. */
    static PluginPackage read(Map<String, FormPart> parts) {
        if (parts.containsKey("package")) {
            if (parts.size() > 1) {
                throw invalid("The part package stands beside other parts, expected it alone.");
            }
            return PackageArchive.read(part(parts, "package")::stream);
        }
        Map<String, FormPart> files = new TreeMap<>(parts);
        files.remove("manifest");
        files.remove("module");
        List<byte[]> signatures = files.keySet().stream()
                .filter(name -> name.equals(SIGNATURE) || name.startsWith(SIGNATURE + ":"))
                .toList()
                .stream()
                .map(name -> Objects.requireNonNull(files.remove(name)).bytes())
                .toList();
        for (String name : files.keySet()) {
            if (!name.startsWith(FILE)) {
                throw invalid(
                        "The part " + GuestText.quote(name) + " is unknown, expected package, or manifest, module, "
                                + FILE + "… for each file and " + SIGNATURE + ".");
            }
        }
        return new PluginPackage(
                part(parts, "manifest").bytes(),
                part(parts, "module").bytes(),
                PackageFiles.of(files.entrySet().stream()
                        .collect(Collectors.toMap(
                                file -> file.getKey().substring(FILE.length()),
                                file -> file.getValue().bytes()))),
                signatures);
    }

    private static FormPart part(Map<String, FormPart> parts, String name) {
        return Optional.ofNullable(parts.get(name)).orElseThrow(() -> invalid("The part " + name + " is missing."));
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ProblemCode.REQUEST_INVALID, detail);
    }
}
