package org.storysign.plugins.storage;

import java.sql.SQLException;
import org.storysign.plugins.identity.TenantId;

/** User tokens as the database has them. */
public final class TokenRows {

    private TokenRows() {}

    /** Lets all of a tenant's end now. */
    public static void end(TenantId tenant) throws SQLException {
        Rows.change("UPDATE user_token SET expires_at = now() - interval '1 second' WHERE tenant = '" + tenant + "'");
    }

    public static long count(TenantId tenant) throws SQLException {
        return Rows.count("user_token", tenant);
    }

    /** Every row of every tenant as text. */
    public static String all() throws SQLException {
        return Rows.text("SELECT string_agg(user_token::text, ' ') FROM user_token");
    }
}
