package org.storysign.plugins.identity;

import java.util.Optional;

/** What a caller may do. An {@link #ADMIN} may do everything, in any tenant it names. */
public enum Role {
    /** Reads. */
    VIEWER,
    /** Validates packages and calls its own plugins. */
    AUTHOR,
    /** Brings code: installs and uninstalls. */
    INSTALLER,
    /** Grants, enables, configures, reads and writes plugin data. */
    OPERATOR,
    /** Reads the audit trail. */
    AUDITOR,
    /** Triggers hooks. */
    CALLER,
    /** A signed-in user of the product. */
    USER,
    /** The platform's own key. */
    ADMIN;

    /** The public name, lower case. */
    public String publicName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public static Optional<Role> parse(String text) {
        for (Role role : values()) {
            if (role.publicName().equals(text)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
