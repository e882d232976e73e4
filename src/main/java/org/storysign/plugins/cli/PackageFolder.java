package org.storysign.plugins.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.storysign.plugins.manifest.ManifestReader;
import org.storysign.plugins.plugin.PackageFiles;
import org.storysign.plugins.plugin.PluginPackage;
import org.storysign.plugins.problem.StrictJson;
import org.storysign.plugins.problem.Violations;

/** A plugin's folder: {@code manifest.json} and the module its {@code entry_point} names. */
record PackageFolder(Path folder) {

    private static final String USUAL_MODULE = "plugin.wasm";

    /** What an upload of the folder would send. Throws {@link CommandMisused} when a file is missing. */
    PluginPackage read() {
        if (!Files.isDirectory(folder)) {
            throw new CommandMisused(folder + " is no folder.");
        }
        byte[] manifest = read(folder.resolve("manifest.json"), "Every plugin has one beside its module.");
        String module = entryPoint(manifest);
        return new PluginPackage(
                manifest,
                read(
                        folder.resolve(module),
                        "The manifest's `entry_point` names it: build the module, or name another."),
                files(manifest),
                new org.storysign.plugins.plugin.PackageFolder(folder).signatures());
    }

    /** Those that are there: which are missing is told by the checks. */
    private PackageFiles files(byte[] manifest) {
        JsonNode json = new StrictJson(ManifestReader.DEEPEST).read(manifest, new Violations());
        Map<String, byte[]> files = new TreeMap<>();
        json.path("files").fieldNames().forEachRemaining(name -> {
            if (isWithin(name) && Files.isRegularFile(folder.resolve(name))) {
                files.put(name, read(folder.resolve(name), "The manifest's `files` names it."));
            }
        });
        return PackageFiles.of(files);
    }

    /** As the manifest says if it can be read so far; what is wrong with it is told by the checks. */
    private static String entryPoint(byte[] manifest) {
        JsonNode json = new StrictJson(ManifestReader.DEEPEST).read(manifest, new Violations());
        String named = json.path("entry_point").asText(USUAL_MODULE);
        return isWithin(named) ? named : USUAL_MODULE;
    }

    private static boolean isWithin(String named) {
        return !named.isEmpty() && !named.startsWith("/") && !named.contains("..") && named.indexOf(0) < 0;
    }

    private static byte[] read(Path file, String hint) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandMisused(file + " cannot be read. " + hint);
        }
    }
}
