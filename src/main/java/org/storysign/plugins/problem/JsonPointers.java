package org.storysign.plugins.problem;

/** Builds JSON Pointers (RFC 6901). */
public final class JsonPointers {

    private JsonPointers() {}

    public static String child(String pointer, String member) {
        return pointer + "/" + member.replace("~", "~0").replace("/", "~1");
    }

    public static String child(String pointer, int index) {
        return pointer + "/" + index;
    }
}
