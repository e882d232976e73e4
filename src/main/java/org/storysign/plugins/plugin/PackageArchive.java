package org.storysign.plugins.plugin;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.manifest.ManifestReader;
import org.storysign.plugins.manifest.PluginManifest;
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

    /** Largest .zip; one that is stored and not packed has room too. */
    public static final MemorySize LARGEST_ZIP = MemorySize.ofKiB(12_480);

    /** The earliest time a .zip can tell. */
    private static final LocalDateTime BEGINNING = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final int PIECE = 16 << 10;
    private static final String MANIFEST = "manifest.json";
    private static final Pattern NAME =
            Pattern.compile("(?=.{1,200}$)[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*");

    private PackageArchive() {}

    /** Fails with {@code request-invalid}, {@code request-too-large}, or {@code manifest-invalid}. */
    public static PluginPackage read(byte[] zip) {
        return read(() -> new ByteArrayInputStream(zip));
    }

    /** The same of bytes that may be streamed twice. */
    public static PluginPackage read(Supplier<InputStream> zip) {
        Map<String, byte[]> entries = entries(zip);
        byte[] manifest =
                Optional.ofNullable(entries.remove(MANIFEST)).orElseThrow(() -> invalid("has no " + MANIFEST));
        PluginManifest known = new ManifestReader().read(manifest);
        String entryPoint = known.entryPoint();
        byte[] module = Optional.ofNullable(entries.remove(entryPoint))
                .orElseThrow(() -> invalid("has no " + GuestText.quote(entryPoint) + ", which its manifest names"));
        List<String> signatures = entries.keySet().stream()
                .filter(name -> name.startsWith(PluginPackage.SIGNATURES)
                        && !known.files().containsKey(name))
                .toList();
        List<byte[]> texts = signatures.stream()
                .map(name -> Objects.requireNonNull(entries.remove(name)))
                .toList();
        return new PluginPackage(manifest, module, PackageFiles.of(entries), texts);
    }

    /** The same as a .zip, the same bytes every time. */
    public static byte[] write(PluginPackage content) {
        PluginManifest manifest = new ManifestReader().read(content.manifest());
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(MANIFEST, content.manifest());
        entries.put(manifest.entryPoint(), content.module());
        for (String path : content.files().paths()) {
            entries.put(path, content.files().content(path).orElseThrow());
        }
        for (int i = 0; i < content.signatures().size(); i++) {
            entries.put(
                    PluginPackage.SIGNATURES + i + ".json", content.signatures().get(i));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry header = new ZipEntry(entry.getKey());
                header.setTimeLocal(BEGINNING);
                zip.putNextEntry(header);
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory can be written", e);
        }
        return bytes.toByteArray();
    }

    private static Map<String, byte[]> entries(Supplier<InputStream> zip) {
        try {
            List<Integer> sizes = sizes(zip);
            Map<String, byte[]> entries = new TreeMap<>();
            try (ZipInputStream stream = new ZipInputStream(zip.get())) {
                for (int size : sizes) {
                    ZipEntry entry = Objects.requireNonNull(stream.getNextEntry());
                    byte[] content = new byte[size];
                    stream.readNBytes(content, 0, size);
                    add(entries, entry, content);
                }
            }
            return entries;
        } catch (IOException | IllegalArgumentException e) {
            throw invalid("is no readable .zip");
        }
    }

    /** What each entry unpacks to, in order. Unpacked and thrown away first: a bomb costs no memory then. */
    private static List<Integer> sizes(Supplier<InputStream> zip) throws IOException {
        List<Integer> sizes = new ArrayList<>();
        byte[] piece = new byte[PIECE];
        long all = 0;
        try (ZipInputStream stream = new ZipInputStream(zip.get())) {
            while (stream.getNextEntry() != null) {
                if (sizes.size() == MOST_ENTRIES) {
                    throw invalid("has more than " + MOST_ENTRIES + " entries");
                }
                long before = all;
                for (int read = stream.read(piece); read >= 0; read = stream.read(piece)) {
                    all += read;
                    requireRoom(all);
                }
                sizes.add((int) (all - before));
            }
        }
        if (sizes.isEmpty()) {
            throw invalid("is no .zip, or an empty one");
        }
        return sizes;
    }

    private static void requireRoom(long bytes) {
        if (bytes > LARGEST.bytes()) {
            throw new ProblemException(
                    ProblemCode.REQUEST_TOO_LARGE,
                    "The package is larger than " + LARGEST + " when unpacked.",
                    Map.of(FactKey.LIMIT, LARGEST.bytes()));
        }
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
