package org.storysign.plugins.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.manifest.ManifestReader;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * A package as one .zip: {@code manifest.json}, the module it names, and every file. Read forward and in memory only, at most {@link
 * #MOST_ENTRIES} entries and {@link #LARGEST} unpacked; nothing is ever written under a name from it, so a link is but a file whose
 * digest does not fit.
 */
public final class PackageArchive {

    static final int MOST_ENTRIES = 200;

    /** The largest module of any level, and the files. */
    static final MemorySize LARGEST =
            new MemorySize(SecurityLevel.MINIMAL.code().moduleSize().bytes() + PackageFiles.LARGEST.bytes());

    private static final String MANIFEST = "manifest.json";
    private static final Pattern NAME =
            Pattern.compile("(?=.{1,200}$)[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*");

    private PackageArchive() {}

    /** Fails with {@code request-invalid}, {@code request-too-large}, or {@code manifest-invalid}. */
    public static PluginPackage read(byte[] zip) {
        Map<String, byte[]> entries = entries(zip);
        byte[] manifest =
                Optional.ofNullable(entries.remove(MANIFEST)).orElseThrow(() -> invalid("has no " + MANIFEST));
        String entryPoint = new ManifestReader().read(manifest).entryPoint();
        byte[] module = Optional.ofNullable(entries.remove(entryPoint))
                .orElseThrow(() -> invalid("has no " + GuestText.quote(entryPoint) + ", which its manifest names"));
        return new PluginPackage(manifest, module, PackageFiles.of(entries));
    }

    private static Map<String, byte[]> entries(byte[] zip) {
        Map<String, byte[]> entries = new TreeMap<>();
        long left = LARGEST.bytes();
        int count = 0;
        try (ZipInputStream stream = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
                if (++count > MOST_ENTRIES) {
                    throw invalid("has more than " + MOST_ENTRIES + " entries");
                }
                byte[] content = stream.readNBytes((int) left + 1);
                if (content.length > left) {
                    throw new ProblemException(
                            ProblemCode.REQUEST_TOO_LARGE,
                            "The package is larger than " + LARGEST + " when unpacked.",
                            Map.of(FactKey.LIMIT, LARGEST.bytes()));
                }
                left -= content.length;
                add(entries, entry, content);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw invalid("is no readable .zip");
        }
        if (count == 0) {
            throw invalid("is no .zip, or an empty one");
        }
        return entries;
    }

    private static void add(Map<String, byte[]> entries, ZipEntry entry, byte[] content) {
        String name = entry.getName();
        if (entry.isDirectory()) {
            if (content.length > 0) {
                throw invalid("has a folder with content");
            }
            return;
        }
        if (!NAME.matcher(name).matches() || name.contains("..")) {
            throw invalid("has the name " + GuestText.quote(name)
                    + ", expected a relative path of A-Z, a-z, 0-9 and ._- without ..");
        }
        if (entries.putIfAbsent(name, content) != null) {
            throw invalid("has the name " + GuestText.quote(name) + " twice");
        }
    }

    private static ProblemException invalid(String why) {
        return new ProblemException(ProblemCode.REQUEST_INVALID, "The package " + why + ".");
    }
}
