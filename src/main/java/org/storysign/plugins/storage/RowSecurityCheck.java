package org.storysign.plugins.storage;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready while row-level security would not hold this service back: its role is superuser, bypasses, owns a table (or may become
 * who does), may rewrite the audit trail, or a table does not force it.
 */
@Readiness
@Singleton
public final class RowSecurityCheck implements AsyncHealthCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** One row a weakness. Flyway's own table holds no tenant's rows and is not granted to the service. */
    private static final String WEAKNESSES = """
            SELECT 'role-is-superuser' AS weakness, rolname::text AS subject FROM pg_roles
            WHERE rolname = current_user AND rolsuper
            UNION ALL
            SELECT 'role-bypasses-row-security', rolname FROM pg_roles WHERE rolname = current_user AND rolbypassrls
            UNION ALL
            SELECT 'role-owns-table', relname FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND pg_has_role(relowner, 'MEMBER')
            UNION ALL
            SELECT 'row-security-not-forced', relname FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> 'flyway_schema_history'
              AND NOT (relrowsecurity AND relforcerowsecurity)
            UNION ALL
            SELECT 'audit-not-append-only', 'audit_log'
            WHERE has_table_privilege('public.audit_log', 'UPDATE, DELETE, TRUNCATE')
               OR has_any_column_privilege('public.audit_log', 'UPDATE')
            """;

    private final Pool pool;

    @Inject
    RowSecurityCheck(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return pool.query(WEAKNESSES)
                .execute()
                .map(rows -> {
                    var response =
                            HealthCheckResponse.named("row-level security").status(rows.size() == 0);
                    rows.forEach(row -> response.withData(row.getString("weakness"), row.getString("subject")));
                    return response.build();
                })
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .recoverWithItem(() -> HealthCheckResponse.named("row-level security")
                        .down()
                        .withData("weakness", "unknown: the database does not answer")
                        .build());
    }
}
