package org.storysign.plugins.abi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.storysign.plugins.sandbox.FilePath;

/**
 * A path as a guest writes it, relative to a directory it has open. There are no links, so names alone say where it leads; out of the
 * root it leads nowhere.
 *
 * @param isDirectory whether it ends as only a directory's may
 */
record GuestPath(FilePath path, boolean isDirectory) {

    private static final int DEEPEST = 16;

    /** Throws {@link WasiFault}. */
    static GuestPath read(FilePath from, byte[] bytes) {
        String text = text(bytes);
        if (text.isEmpty()) {
            throw new WasiFault(Errno.NOENT);
        }
        if (text.startsWith("/")) {
            throw new WasiFault(Errno.NOTCAPABLE);
        }
        Deque<String> names = new ArrayDeque<>();
        if (!from.isRoot()) {
            names.addAll(java.util.List.of(from.path().split("/")));
        }
        for (String name : text.split("/")) {
            step(names, name);
        }
        String path = String.join("/", names);
        if (path.getBytes(StandardCharsets.UTF_8).length > FilePath.LONGEST || names.size() > DEEPEST) {
            throw new WasiFault(Errno.NAMETOOLONG);
        }
        boolean directory = text.endsWith("/") || text.endsWith("/.") || text.equals(".") || text.endsWith("..");
        return new GuestPath(new FilePath(from.root(), path), directory);
    }

    private static void step(Deque<String> names, String name) {
        switch (name) {
            case "", "." -> {}
            case ".." -> {
                if (names.pollLast() == null) {
                    throw new WasiFault(Errno.NOTCAPABLE);
                }
            }
            default -> names.addLast(name);
        }
    }

    /** Readable characters alone: no control character, no backslash that another system would take for a slash. */
    private static String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.chars().anyMatch(each -> Character.isISOControl(each) || each == '\\')) {
                throw new WasiFault(Errno.INVAL);
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new WasiFault(Errno.ILSEQ);
        }
    }
}
