package org.storysign.plugins.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.kit.TestDatabase;
import org.storysign.plugins.manifest.ManifestText;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.plugin.CatalogStore;
import org.storysign.plugins.plugin.Plugin;
import org.storysign.plugins.plugin.PluginFilter;
import org.storysign.plugins.plugin.PluginStore;

/** A tenant with 10,000 plugins and 100,000 releases, 100 of them enabled. */
@ServiceTest
@Tag("full")
class ScaleTest {

    private static final int PLUGINS = 10_000;
    private static final int RELEASES = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LISTED =
            "SELECT p.*, r.* FROM plugin p, release r WHERE p.tenant = '%1$s' AND r.tenant = p.tenant"
                    + " AND r.plugin = p.id AND r.version = p.active_version %2$s ORDER BY p.id FETCH FIRST 51 ROWS ONLY";

    @Inject
    PluginStore store;

    @Inject
    CatalogStore catalogs;

    private final TenantId tenant = Tenants.fresh();

    @Test
    void a_page_one_plugin_and_the_catalogue_cost_what_they_show_and_not_what_there_is() throws SQLException {
        fill();

        report("first page", 200, () -> page(Optional.empty(), Optional.empty(), Optional.empty()), 51);
        report("page by state", 100, () -> page(Optional.of("enabled"), Optional.empty(), Optional.empty()), 51);
        report("page by text", 20, () -> page(Optional.empty(), Optional.of("number 99"), Optional.empty()), 51);
        report(
                "page by permission",
                100,
                () -> page(Optional.empty(), Optional.empty(), Optional.of(PermissionName.STORAGE_READ)),
                51);
        report(
                "releases of one",
                100,
                () -> store.releases(tenant, id(5_000)).await().atMost(PATIENCE),
                RELEASES);
        report(
                "catalogue of 100",
                20,
                () -> catalogs.read(tenant).await().atMost(PATIENCE).enabled(),
                100);

        System.out.printf("heap of an enabled plugin in the catalogue, without its code: %d bytes%n", heapOfEnabled());
        String plan = plan("");
        System.out.println("plan of the first page:\n" + plan);
        assertThat(plan).doesNotContain("Seq Scan", "Sort");
        assertThat(plan("AND p.state = 'enabled'")).doesNotContain("Seq Scan on release");
    }

    private <T> void report(String what, int times, Supplier<List<T>> ask, int expected) {
        assertThat(ask.get()).as(what).hasSize(expected);
        OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long began = System.nanoTime();
        long cpu = machine.getProcessCpuTime();
        for (int i = 0; i < times; i++) {
            assertThat(ask.get()).hasSize(expected);
        }
        System.out.printf(
                "%s: %d µs of CPU in the service, %d µs in all%n",
                what, (machine.getProcessCpuTime() - cpu) / times / 1_000, (System.nanoTime() - began) / times / 1_000);
    }

    /** As read from the database; plugins that are only installed are not in the catalogue. */
    private long heapOfEnabled() {
        int times = 30;
        long before = used();
        List<List<Plugin>> kept = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            kept.add(catalogs.read(tenant).await().atMost(PATIENCE).enabled());
        }
        long after = used();
        return (after - before) / kept.stream().mapToInt(List::size).sum();
    }

    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    private List<Plugin> page(Optional<String> state, Optional<String> text, Optional<PermissionName> permission) {
        return store.list(tenant, new PluginFilter(state, text, permission, Optional.empty(), 51))
                .await()
                .atMost(PATIENCE);
    }

    private static PluginId id(int number) {
        return new PluginId("p-%05d".formatted(number));
    }

    private String plan(String condition) throws SQLException {
        try (Connection connection = TestDatabase.asService();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT set_config('plugins.tenant', '" + tenant + "', false)");
            StringBuilder plan = new StringBuilder();
            try (ResultSet lines =
                    statement.executeQuery("EXPLAIN (ANALYZE, BUFFERS) " + LISTED.formatted(tenant, condition))) {
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
            }
            return plan.toString();
        }
    }

    private void fill() throws SQLException {
        String manifest = ManifestText.with(
                        "{\"id\": \"@id@\", \"version\": \"@version@\", \"permissions\": [\"storage:read\"], \"name\": \"Number @id@\"}")
                .toString()
                .replace("'", "''");
        Rows.change("""
                BEGIN;
                INSERT INTO tenant (tenant) VALUES ('%1$s');
                INSERT INTO artifact (tenant, digest, content) VALUES ('%1$s', 'sha256:' || encode(sha256(''), 'hex'), '');
                INSERT INTO plugin (tenant, id, state, revision, active_version, grants, level, config, config_revision, created_at,
                                    updated_at)
                SELECT '%1$s', to_char(n, '"p-"FM00000'), CASE WHEN n %% 100 = 0 THEN 'enabled' ELSE 'installed' END, 1, '1.9.0',
                       '{"names":[],"hosts":[],"methods":[]}', 'standard', '{}', 1, now(), now()
                FROM generate_series(1, %2$d) n;
                INSERT INTO release (tenant, plugin, version, package_digest, module_digest, manifest, name, description, permissions,
                                     scan, installed_at, installed_by)
                SELECT '%1$s', to_char(n, '"p-"FM00000'), '1.' || v || '.0', 'sha256:' || encode(sha256(convert_to(n || '-' || v, 'UTF8')), 'hex'),
                       'sha256:' || encode(sha256(''), 'hex'),
                       replace(replace('%3$s', '@id@', to_char(n, '"p-"FM00000')), '@version@', '1.' || v || '.0'),
                       'Number ' || n, 'Does what a test needs', ARRAY['storage:read'], '[]', now(), 'key:test'
                FROM generate_series(1, %2$d) n, generate_series(0, %4$d - 1) v;
                COMMIT;
                ANALYZE plugin; ANALYZE release;
                """.formatted(tenant, PLUGINS, manifest, RELEASES));
    }
}
