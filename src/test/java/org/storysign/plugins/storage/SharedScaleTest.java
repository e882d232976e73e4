package org.storysign.plugins.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.manifest.Version;
import org.storysign.plugins.plugin.Release;
import org.storysign.plugins.plugin.SharedPlugins;
import org.storysign.plugins.wasm.WasmBinary;

/** A plugin of 1 MiB that 1,000 tenants have adopted. */
@ServiceTest
@Tag("full")
class SharedScaleTest {

    private static final int ADOPTERS = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    PostgresSharedPlugins shared;

    @Inject
    PostgresPluginStore store;

    private final PluginId id = new PluginId("wide-" + Tenants.fresh());
    private final Actor platform = new Actor("platform:test", SharedPlugins.HOME, Set.of(Role.ADMIN));

    @Test
    void every_adopter_gets_an_upgrade_and_its_bytes_are_there_once() throws SQLException {
        install("1.0.0");
        await(shared.share(id, new Version("1.0.0"), platform));
        long began = System.nanoTime();
        IntStream.range(0, ADOPTERS).mapToObj(_ -> Tenants.fresh()).forEach(this::adopt);
        long adopted = System.nanoTime();
        install("2.0.0");

        long sharing = System.nanoTime();
        assertThat(await(shared.share(id, new Version("2.0.0"), platform))).hasValue(ADOPTERS);
        long shared2 = System.nanoTime();
        assertThat(await(shared.withdraw(id, platform))).hasValue(ADOPTERS);
        long withdrawn = System.nanoTime();

        System.out.printf(
                "%,d adoptions took %,d ms, sharing another release %,d ms, unsharing %,d ms%n",
                ADOPTERS, millis(began, adopted), millis(sharing, shared2), millis(shared2, withdrawn));
        assertThat(Rows.text("SELECT count(*)::text FROM release WHERE plugin = '" + id + "'"))
                .isEqualTo("" + (ADOPTERS + 1) * 2);
        assertThat(Rows.text("SELECT count(content)::text || ' of ' || count(*) FROM artifact WHERE digest IN"
                        + " (SELECT module_digest FROM release WHERE plugin = '" + id + "')"))
                .isEqualTo("2 of " + (ADOPTERS + 1) * 2);
    }

    private static long millis(long from, long to) {
        return (to - from) / 1_000_000;
    }

    private void adopt(TenantId tenant) {
        Release release = await(shared.offer(tenant, id)).orElseThrow().release();
        await(shared.adopt(tenant, release, Entries.of(tenant, AuditAction.PLUGIN_ADOPT, "plugin:" + id)));
    }

    private void install(String version) {
        byte[] content = new byte[1 << 20];
        Arrays.fill(content, (byte) version.hashCode());
        WasmBinary module = new WasmBinary(content);
        await(store.install(
                SharedPlugins.HOME,
                Releases.of(id.value(), version, module),
                module,
                Entries.of(SharedPlugins.HOME, AuditAction.PLUGIN_INSTALL, "plugin:" + id)));
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(PATIENCE);
    }
}
