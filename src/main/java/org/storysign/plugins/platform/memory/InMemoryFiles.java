package org.storysign.plugins.platform.memory;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.FileStore;
import org.storysign.plugins.sandbox.FileChange;
import org.storysign.plugins.sandbox.FileEntry;
import org.storysign.plugins.sandbox.FilePath;
import org.storysign.plugins.sandbox.FileRefused;
import org.storysign.plugins.sandbox.FileRefused.Fault;

/** Virtual directories in maps. Quotas count these files alone. Safe for concurrent use. */
public final class InMemoryFiles implements FileStore {

    private final InstantSource clock;
    private final Map<DataOwner, TreeMap<String, Node>> folders = new HashMap<>();

    public InMemoryFiles(InstantSource clock) {
        this.clock = clock;
    }

    /** A file, or a directory without content. */
    private record Node(byte @Nullable [] content, FileEntry entry) {
        boolean isDirectory() {
            return content == null;
        }

        byte[] bytes() {
            return content == null ? new byte[0] : content;
        }
    }

    private Node node(String path, byte @Nullable [] content) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        long size = content == null ? 0 : content.length;
        return new Node(content, new FileEntry(name, content == null, size, clock.instant()));
    }

    private TreeMap<String, Node> folder(DataOwner plugin) {
        return folders.computeIfAbsent(plugin, key -> new TreeMap<>());
    }

    private Optional<Node> at(DataOwner plugin, String path) {
        return path.isEmpty()
                ? Optional.of(node("", null))
                : Optional.ofNullable(folder(plugin).get(path));
    }

    private Node required(DataOwner plugin, String path) {
        return at(plugin, path).orElseThrow(() -> new FileRefused(Fault.NOT_FOUND));
    }

    private Node file(DataOwner plugin, String path) {
        Node found = required(plugin, path);
        if (found.isDirectory()) {
            throw new FileRefused(Fault.IS_DIRECTORY);
        }
        return found;
    }

    @Override
    public synchronized Optional<FileEntry> find(DataOwner plugin, String path, Duration timeout) {
        return at(plugin, path).map(Node::entry);
    }

    @Override
    public synchronized List<FileEntry> list(DataOwner plugin, String path, Duration timeout) {
        if (!required(plugin, path).isDirectory()) {
            throw new FileRefused(Fault.NOT_DIRECTORY);
        }
        return children(plugin, path).stream()
                .map(child -> required(plugin, child).entry())
                .toList();
    }

    private List<String> children(DataOwner plugin, String path) {
        return folder(plugin).keySet().stream()
                .filter(child -> new FilePath(0, child).parent().path().equals(path))
                .toList();
    }

    @Override
    public synchronized byte[] read(DataOwner plugin, String path, FileRange range, Duration timeout) {
        byte[] content = file(plugin, path).bytes();
        int from = (int) Math.min(range.offset(), content.length);
        return Arrays.copyOfRange(content, from, (int) Math.min(content.length, from + (long) range.most()));
    }

    @Override
    public synchronized long change(
            DataOwner plugin, String path, FileChange change, DataLimits limits, Duration timeout) {
        return switch (change) {
            case FileChange.Create(FileChange.Create.IfThere ifThere) -> create(plugin, path, ifThere, limits);
            case FileChange.Write(long offset, byte[] bytes) -> {
                byte[] old = file(plugin, path).bytes();
                yield put(plugin, path, written(old, offset, bytes), limits);
            }
            case FileChange.Append(byte[] bytes) -> {
                byte[] old = file(plugin, path).bytes();
                yield put(plugin, path, written(old, old.length, bytes), limits);
            }
            case FileChange.Resize(long size) -> {
                byte[] old = file(plugin, path).bytes();
                requireSize(size);
                yield put(plugin, path, Arrays.copyOf(old, (int) size), limits);
            }
            case FileChange.MakeDirectory _ -> makeDirectory(plugin, path, limits);
            case FileChange.RemoveDirectory _ -> removeDirectory(plugin, path);
            case FileChange.RemoveFile _ -> {
                file(plugin, path);
                folder(plugin).remove(path);
                yield 0;
            }
            case FileChange.Rename(FilePath to) -> rename(plugin, path, to.path());
        };
    }

    private static byte[] written(byte[] old, long offset, byte[] bytes) {
        long size = Math.max(old.length, offset + bytes.length);
        requireSize(offset > FileStore.LARGEST.bytes() ? Long.MAX_VALUE : size);
        byte[] content = Arrays.copyOf(old, (int) size);
        System.arraycopy(bytes, 0, content, (int) offset, bytes.length);
        return content;
    }

    private static void requireSize(long size) {
        if (size > FileStore.LARGEST.bytes()) {
            throw new FileRefused(Fault.TOO_LARGE);
        }
    }

    private long create(DataOwner plugin, String path, FileChange.Create.IfThere ifThere, DataLimits limits) {
        Optional<Node> there = at(plugin, path);
        if (there.isPresent() && ifThere == FileChange.Create.IfThere.REFUSE) {
            throw new FileRefused(Fault.EXISTS);
        }
        if (there.filter(Node::isDirectory).isPresent()) {
            throw new FileRefused(Fault.IS_DIRECTORY);
        }
        if (there.isPresent() && ifThere == FileChange.Create.IfThere.KEEP) {
            return there.get().bytes().length;
        }
        requireDirectory(plugin, path);
        return put(plugin, path, new byte[0], limits);
    }

    private long makeDirectory(DataOwner plugin, String path, DataLimits limits) {
        if (at(plugin, path).isPresent()) {
            throw new FileRefused(Fault.EXISTS);
        }
        requireDirectory(plugin, path);
        return put(plugin, path, null, limits);
    }

    private long removeDirectory(DataOwner plugin, String path) {
        if (!required(plugin, path).isDirectory()) {
            throw new FileRefused(Fault.NOT_DIRECTORY);
        }
        if (!children(plugin, path).isEmpty()) {
            throw new FileRefused(Fault.NOT_EMPTY);
        }
        folder(plugin).remove(path);
        return 0;
    }

    private long rename(DataOwner plugin, String from, String to) {
        Node moved = required(plugin, from);
        if (to.equals(from)) {
            return 0;
        }
        if (to.isEmpty() || new FilePath(0, to).isWithin(new FilePath(0, from))) {
            throw new FileRefused(Fault.INVALID);
        }
        requireDirectory(plugin, to);
        at(plugin, to).ifPresent(there -> requireReplaceable(plugin, moved, there, to));
        List<String> paths = new ArrayList<>(List.of(from));
        folder(plugin).keySet().stream()
                .filter(path -> path.startsWith(from + "/"))
                .forEach(paths::add);
        for (String path : paths) {
            String next = to + path.substring(from.length());
            if (next.getBytes(StandardCharsets.UTF_8).length > FilePath.LONGEST) {
                throw new FileRefused(Fault.INVALID);
            }
        }
        folder(plugin).remove(to);
        for (String path : paths) {
            Node node = folder(plugin).remove(path);
            if (node != null) {
                String next = to + path.substring(from.length());
                folder(plugin)
                        .put(
                                next,
                                new Node(node.content, node(next, node.content).entry()));
            }
        }
        return 0;
    }

    private void requireReplaceable(DataOwner plugin, Node moved, Node there, String to) {
        if (there.isDirectory() && !moved.isDirectory()) {
            throw new FileRefused(Fault.IS_DIRECTORY);
        }
        if (!there.isDirectory() && moved.isDirectory()) {
            throw new FileRefused(Fault.NOT_DIRECTORY);
        }
        if (there.isDirectory() && !children(plugin, to).isEmpty()) {
            throw new FileRefused(Fault.NOT_EMPTY);
        }
    }

    private void requireDirectory(DataOwner plugin, String path) {
        String parent = new FilePath(0, path).parent().path();
        if (!required(plugin, parent).isDirectory()) {
            throw new FileRefused(Fault.NOT_DIRECTORY);
        }
    }

    private long put(DataOwner plugin, String path, byte @Nullable [] content, DataLimits limits) {
        TreeMap<String, Node> changed = new TreeMap<>(folder(plugin));
        changed.put(path, node(path, content));
        long before = bytes(folder(plugin));
        long bytes = bytes(changed);
        boolean grows = changed.size() > folder(plugin).size();
        if ((grows && changed.size() > limits.keys())
                || (bytes > before && bytes > limits.bytes().bytes())) {
            throw new FileRefused(Fault.QUOTA);
        }
        folders.put(plugin, changed);
        return content == null ? 0 : content.length;
    }

    private static long bytes(Map<String, Node> nodes) {
        return nodes.entrySet().stream()
                .mapToLong(each -> each.getKey().getBytes(StandardCharsets.UTF_8).length
                        + each.getValue().bytes().length)
                .sum();
    }
}
