package org.storysign.plugins.sandbox;

/**
 * A place in a root.
 *
 * @param root its number in {@link FileSession#roots}
 * @param path names with slashes between them, none of them empty, {@code .} or {@code ..}; empty for the root itself
 */
public record FilePath(int root, String path) {

    /** Longest path, in bytes of UTF-8. */
    public static final int LONGEST = 255;

    public FilePath {
        if (path.startsWith("/") || path.endsWith("/") || path.contains("//") || path.indexOf(0) >= 0) {
            throw new IllegalArgumentException("not a canonical path");
        }
        for (String name : path.split("/")) {
            if (name.equals(".") || name.equals("..")) {
                throw new IllegalArgumentException("not a canonical path");
            }
        }
    }

    public boolean isRoot() {
        return path.isEmpty();
    }

    /** The directory it is in; a root is in itself. */
    public FilePath parent() {
        int slash = path.lastIndexOf('/');
        return new FilePath(root, slash < 0 ? "" : path.substring(0, slash));
    }

    /** What is in it under this name. */
    public FilePath child(String name) {
        return new FilePath(root, isRoot() ? name : path + "/" + name);
    }

    public boolean isWithin(FilePath directory) {
        return root == directory.root && (directory.isRoot() || path.startsWith(directory.path + "/"));
    }
}
