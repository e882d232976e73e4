package org.storysign.plugins.manifest;

import java.util.Set;

/** Ids no plugin may have, because the API uses them as the first segment of a path (contract, section 2). */
public final class ReservedIds {

    /** Ids that begin so belong to the service. */
    public static final String SYSTEM_PREFIX = "system-";

    /** The reserved ids themselves. */
    public static final Set<String> ALL = Set.of(
            "install",
            "upload",
            "hooks",
            "validate",
            "security",
            "status",
            "ui",
            "audit",
            "keys",
            "tenants",
            "tokens",
            "notifications",
            "queue",
            "operations",
            "publishers",
            "blocked-digests",
            "live",
            "shared",
            "quotas",
            "users",
            "metrics",
            "webhooks",
            "policies",
            "store",
            "schema");

    private ReservedIds() {}

    public static boolean contains(String id) {
        return ALL.contains(id) || id.startsWith(SYSTEM_PREFIX);
    }
}
