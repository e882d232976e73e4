package org.storysign.plugins.platform;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.storysign.plugins.sandbox.FileEntry;
import org.storysign.plugins.sandbox.FileRefused;

/** The files of a package as a directory that can only be read. Safe for concurrent use. */
final class PackageTree {

    private final TreeMap<String, byte[]> files;

    /** @param files by path, such as {@code ui/progress.html} */
    PackageTree(Map<String, byte[]> files) {
        this.files = new TreeMap<>(files);
    }

    Optional<FileEntry> find(String path) {
        if (isDirectory(path)) {
            return Optional.of(new FileEntry(name(path), true, 0, Instant.EPOCH));
        }
        return Optional.ofNullable(files.get(path))
                .map(content -> new FileEntry(name(path), false, content.length, Instant.EPOCH));
    }

    List<FileEntry> list(String path) {
        if (!isDirectory(path)) {
            throw new FileRefused(
                    files.containsKey(path) ? FileRefused.Fault.NOT_DIRECTORY : FileRefused.Fault.NOT_FOUND);
        }
        String prefix = path.isEmpty() ? "" : path + "/";
        return files.keySet().stream()
                .filter(file -> file.startsWith(prefix))
                .map(file -> file.substring(prefix.length()).split("/", 2)[0])
                .distinct()
                .map(name -> find(prefix + name).orElseThrow())
                .toList();
    }

    byte[] read(String path, long offset, int most) {
        if (isDirectory(path)) {
            throw new FileRefused(FileRefused.Fault.IS_DIRECTORY);
        }
        if (!files.containsKey(path)) {
            throw new FileRefused(FileRefused.Fault.NOT_FOUND);
        }
        byte[] content = Objects.requireNonNull(files.get(path));
        int from = (int) Math.min(offset, content.length);
        return Arrays.copyOfRange(content, from, (int) Math.min(content.length, from + (long) most));
    }

    private boolean isDirectory(String path) {
        String next = files.ceilingKey(path + "/");
        return path.isEmpty() || (next != null && next.startsWith(path + "/"));
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
