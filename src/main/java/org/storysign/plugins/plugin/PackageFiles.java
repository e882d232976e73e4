package org.storysign.plugins.plugin;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.JsonPointers;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.Violations;

/** A package's files beside its manifest and module, by their paths in it. */
public final class PackageFiles {

    /** All of them together. */
    public static final MemorySize LARGEST = MemorySize.ofMiB(2);

    public static final PackageFiles NONE = new PackageFiles(Map.of());

    private final Map<String, byte[]> contents;

    private PackageFiles(Map<String, byte[]> contents) {
        this.contents = contents;
    }

    /** Files by path. The contents are copied. */
    public static PackageFiles of(Map<String, byte[]> contents) {
        Map<String, byte[]> copies = new TreeMap<>();
        contents.forEach((path, content) -> copies.put(path, content.clone()));
        return new PackageFiles(copies);
    }

    /** In order. */
    public List<String> paths() {
        return List.copyOf(contents.keySet());
    }

    /** A copy of a file's bytes. */
    public Optional<byte[]> content(String path) {
        return Optional.ofNullable(contents.get(path)).map(byte[]::clone);
    }

    /**
     * Refuses files that are not exactly those the manifest names: {@code manifest-invalid} when one is missing or unknown, {@code
     * digest-mismatch} when one is another, {@code request-too-large} when they are over {@link #LARGEST} together.
     */
    void require(PluginManifest manifest) {
        Violations violations = new Violations();
        manifest.files().keySet().stream()
                .sorted()
                .filter(path -> !contents.containsKey(path))
                .forEach(path -> violations.add(JsonPointers.child("/files", path), "is not in the package"));
        contents.keySet().stream()
                .filter(path -> !manifest.files().containsKey(path))
                .forEach(path -> violations.add(
                        "/files", "does not name the file " + GuestText.quote(path) + ", which is in the package"));
        violations.refuse(ProblemCode.MANIFEST_INVALID, "the manifest");
        requireSize();
        manifest.files().forEach(this::requireDigest);
    }

    private void requireSize() {
        long bytes =
                contents.values().stream().mapToLong(content -> content.length).sum();
        if (bytes > LARGEST.bytes()) {
            throw new ProblemException(
                    ProblemCode.REQUEST_TOO_LARGE,
                    "the package's files have " + bytes + " bytes together, expected at most " + LARGEST,
                    Map.of(FactKey.LIMIT, LARGEST.bytes()));
        }
    }

    private void requireDigest(String path, Digest expected) {
        Digest found = Digest.of(contents.getOrDefault(path, new byte[0]));
        if (!found.equals(expected)) {
            throw new ProblemException(
                    ProblemCode.DIGEST_MISMATCH,
                    "the file " + GuestText.quote(path) + " is " + found + ", but the manifest's `files` says "
                            + expected,
                    Map.of(FactKey.FOUND, found.value(), FactKey.EXPECTED, expected.value()));
        }
    }
}
