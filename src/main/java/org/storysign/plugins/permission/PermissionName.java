package org.storysign.plugins.permission;

import java.util.Optional;

/** Every permission there is. The public names are those of the contract (section 7). */
public enum PermissionName {
    STORAGE_READ("storage:read", Risk.LOW, "read its own stored keys"),
    STORAGE_WRITE("storage:write", Risk.LOW, "write its own stored keys"),
    READ_USER_DATA("read:user_data", Risk.MEDIUM, "read users' profiles, progress, content and analytics"),
    WRITE_USER_DATA("write:user_data", Risk.MEDIUM, "change users' preferences and create content"),
    ACCESS_VIDEO_STREAM("access:video_stream", Risk.MEDIUM, "process video frames"),
    ACCESS_AI_SERVICES("access:ai_services", Risk.MEDIUM, "send text and gestures to AI services"),
    MODIFY_UI("modify:ui", Risk.MEDIUM, "show things to users: messages, notifications, components"),
    HOOKS_EMIT("hooks:emit", Risk.MEDIUM, "trigger hooks of its own name"),
    FILESYSTEM_READ("filesystem:read", Risk.MEDIUM, "read its package's files"),
    FILESYSTEM_WRITE("filesystem:write", Risk.HIGH, "keep files in its own virtual directory"),
    NETWORK_ACCESS("network:access", Risk.HIGH, "send requests to other servers"),
    DATABASE_READ("database:read", Risk.HIGH, "(reserved; plugin data lives in storage)"),
    DATABASE_WRITE("database:write", Risk.HIGH, "(reserved; plugin data lives in storage)");

    private final String publicName;
    private final Risk risk;
    private final String lets;

    PermissionName(String publicName, Risk risk, String lets) {
        this.publicName = publicName;
        this.risk = risk;
        this.lets = lets;
    }

    public String publicName() {
        return publicName;
    }

    public Risk risk() {
        return risk;
    }

    /** What it lets a plugin do, in words that follow "can". */
    public String lets() {
        return lets;
    }

    /** Whether it is only a reserved name of the original system, refused as {@code permission-unavailable}. */
    public boolean isReserved() {
        return this == DATABASE_READ || this == DATABASE_WRITE;
    }

    public static Optional<PermissionName> parse(String text) {
        for (PermissionName name : values()) {
            if (name.publicName.equals(text)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
