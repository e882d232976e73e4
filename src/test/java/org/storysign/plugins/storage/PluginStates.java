package org.storysign.plugins.storage;

import java.sql.SQLException;
import org.storysign.plugins.identity.TenantId;

/** Puts plugins into states that nothing leads to yet. */
public final class PluginStates {

    private PluginStates() {}

    /** As if the service had quarantined the plugin; processes learn of it as of every change. */
    public static void quarantine(TenantId tenant, String plugin) throws SQLException {
        Rows.change("UPDATE plugin SET state = 'quarantined', state_reason = 'a test', revision = revision + 1"
                + " WHERE tenant = '" + tenant + "' AND id = '" + plugin + "'");
        Rows.change("UPDATE tenant SET revision = revision + 1 WHERE tenant = '" + tenant + "'");
        Rows.change("SELECT pg_notify('storysign_catalog', '" + tenant + "')");
    }
}
