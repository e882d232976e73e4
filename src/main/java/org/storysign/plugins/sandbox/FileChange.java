package org.storysign.plugins.sandbox;

/** Something that is done to a file or directory. */
public sealed interface FileChange {

    /** Makes an empty file if there is none; one that is there stays, is emptied, or is refused. */
    record Create(IfThere ifThere) implements FileChange {

        /** What becomes of a file that is there. */
        public enum IfThere {
            KEEP,
            EMPTY,
            REFUSE
        }
    }

    /** Puts bytes into a file that is there; what lies between its end and them becomes 0. */
    record Write(long offset, byte[] bytes) implements FileChange {}

    /** Puts bytes at the end of a file that is there, wherever that is now. */
    record Append(byte[] bytes) implements FileChange {}

    /** Cuts a file that is there, or lengthens it with 0. */
    record Resize(long size) implements FileChange {}

    record MakeDirectory() implements FileChange {}

    /** Only an empty directory goes. */
    record RemoveDirectory() implements FileChange {}

    record RemoveFile() implements FileChange {}

    /** Within a root. A file takes the place of a file, a directory that of an empty one. */
    record Rename(FilePath to) implements FileChange {}
}
