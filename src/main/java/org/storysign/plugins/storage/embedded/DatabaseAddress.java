package org.storysign.plugins.storage.embedded;

import java.util.Map;

/**
 * Where a database is and how its two roles log in.
 *
 * @param url {@code postgresql://host:port/database}
 * @param owner owns the schema and migrates it
 * @param service what the running service logs in as
 */
public record DatabaseAddress(String url, Login owner, Login service) {

    /** A role and its password. */
    public record Login(String username, String password) {

        @Override
        public String toString() {
            return username;
        }
    }

    /** The same as the service's configuration. */
    public Map<String, String> asConfiguration() {
        return Map.of(
                "storysign.database.url", url,
                "storysign.database.owner.username", owner.username(),
                "storysign.database.owner.password", owner.password(),
                "storysign.database.service.username", service.username(),
                "storysign.database.service.password", service.password());
    }

    public String jdbcUrl() {
        return "jdbc:" + url;
    }
}
