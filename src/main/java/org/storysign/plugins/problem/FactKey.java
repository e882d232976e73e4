package org.storysign.plugins.problem;

/** The words under which a problem, a log line and a metric tell the same thing. */
public enum FactKey {
    PLUGIN("plugin"),
    RELEASE("release"),
    HOOK("hook"),
    HANDLER("handler"),
    EXPORT("export"),
    IMPORT("import"),
    PERMISSION("permission"),
    LEVEL("level"),
    STATE("state"),
    KEY("key"),
    DIGEST("digest"),
    LIMIT("limit"),
    FOUND("found"),
    EXPECTED("expected"),
    FUEL("fuel"),
    OFFSET("offset"),
    RETRY_AFTER("retry_after"),
    CONSENT("consent"),
    DIFFERENCE("difference"),
    OFFER("offer"),
    DEPENDENCIES("dependencies"),
    FINDINGS("findings"),
    TRAP("trap"),
    INVOCATION("invocation_id"),
    GUEST_STACK("guest_stack");

    private final String key;

    FactKey(String key) {
        this.key = key;
    }

    /** The member name in a problem, snake_case. */
    public String key() {
        return key;
    }
}
