package org.storysign.plugins.storage;

import io.smallrye.config.ConfigMapping;

/** Where the database is and as whom to log in. */
@ConfigMapping(prefix = "storysign.database")
public interface DatabaseConfig {

    /** {@code postgresql://host:port/database}. */
    String url();

    /** Owns the schema and migrates it at start. */
    Login owner();

    /** What the running service is: neither owner nor superuser, and bound by row-level security. */
    Login service();

    /** A role and its password. */
    interface Login {
        String username();

        String password();
    }
}
