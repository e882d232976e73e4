package org.storysign.plugins.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.manifest.ManifestReader;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.signature.PackageSignature;

/** A folder with {@code manifest.json}, the module and the files it names. Blocks: it reads files. */
public record PackageFolder(Path path) {

    private static final String MANIFEST = "manifest.json";

    /** The folders below {@code directory} that hold a manifest, by name. */
    public static List<PackageFolder> in(Path directory) {
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(child -> Files.isRegularFile(child.resolve(MANIFEST)))
                    .sorted()
                    .map(PackageFolder::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String name() {
        return path.getFileName().toString();
    }

    /**
     * What is in it, at most as much as a package may have. Fails with {@code manifest-invalid}, or {@code module-too-large}, or
     * {@code request-invalid} when a file cannot be read.
     */
    public PluginPackage read() {
        byte[] manifest = read(MANIFEST, ManifestReader.LARGEST, ProblemCode.MANIFEST_INVALID);
        PluginManifest read = new ManifestReader().read(manifest);
        Map<String, byte[]> files = new TreeMap<>();
        read.files().keySet().stream()
                .sorted()
                .forEach(file -> files.put(file, read(file, PackageFiles.LARGEST, ProblemCode.REQUEST_TOO_LARGE)));
        return new PluginPackage(
                manifest,
                read(read.entryPoint(), SecurityLevel.MINIMAL.code().moduleSize(), ProblemCode.MODULE_TOO_LARGE),
                PackageFiles.of(files),
                signatures());
    }

    /** The texts in its folder for signatures; none when there is no such folder. Fails as {@link #read}. */
    public List<byte[]> signatures() {
        Path folder = path.resolve(PluginPackage.SIGNATURES);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.sorted()
                    .map(file -> read(
                            PluginPackage.SIGNATURES + file.getFileName(),
                            new MemorySize(PackageSignature.LARGEST),
                            ProblemCode.SIGNATURE_REJECTED))
                    .toList();
        } catch (IOException e) {
            throw unreadable(PluginPackage.SIGNATURES, "cannot be read");
        }
    }

    private byte[] read(String file, MemorySize most, ProblemCode tooLarge) {
        try {
            Path real = path.resolve(file).toRealPath();
            if (!real.startsWith(path.toRealPath())) {
                throw unreadable(file, "leads out of the folder");
            }
            if (!Files.isRegularFile(real)) {
                throw unreadable(file, "is no file");
            }
            try (InputStream stream = Files.newInputStream(real)) {
                byte[] content = stream.readNBytes((int) most.bytes() + 1);
                if (content.length > most.bytes()) {
                    throw new ProblemException(
                            tooLarge,
                            "the file " + GuestText.quote(file) + " is larger than " + most,
                            Map.of(FactKey.LIMIT, most.bytes()));
                }
                return content;
            }
        } catch (IOException e) {
            throw unreadable(file, "cannot be read");
        }
    }

    private static ProblemException unreadable(String file, String why) {
        return new ProblemException(ProblemCode.REQUEST_INVALID, "the file " + GuestText.quote(file) + " " + why);
    }
}
