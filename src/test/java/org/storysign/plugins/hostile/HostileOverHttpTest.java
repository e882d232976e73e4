package org.storysign.plugins.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.TestDatabase;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.rest.ApiTenant;
import org.storysign.plugins.rest.PluginText;

/** A selection of the corpus, installed and called as clients do it: each ends as named, and the service is as before. */
@ServiceTest
class HostileOverHttpTest {

    private static final int LEAST_PLUGINS = 40;
    private static final int MOST_OF_AN_ENDING = 4;
    private static final long HEAP_LEFT_BEHIND = 8L << 20;
    private static final int SPARE_THREADS = 2;

    /** So little that it is gone long before the run time. */
    private static final Map<String, Object> LITTLE_FUEL = Map.of("fuel", 50_000);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Pool pool;
    private final int poolSize;

    @Inject
    HostileOverHttpTest(Pool pool, @ConfigProperty(name = "quarkus.datasource.reactive.max-size") int poolSize) {
        this.pool = pool;
        this.poolSize = poolSize;
    }

    /** What the service holds on to. */
    private record Held(long heap, int threads, int connections) {}

    @Test
    void forty_hostile_plugins_end_as_named_and_leave_heap_threads_and_connections_as_they_were() throws SQLException {
        List<HostilePlugin> selection = selection();
        fightAll(selection);
        useAllConnections();
        Held before = held();

        fightAll(selection);

        useAllConnections();
        Held after = held();
        System.getLogger("hostile")
                .log(
                        System.Logger.Level.INFO,
                        selection.size() + " plugins over HTTP, before " + before + ", after " + after);
        assertThat(selection).hasSizeGreaterThanOrEqualTo(LEAST_PLUGINS);
        assertThat(after.heap() - before.heap()).isLessThan(HEAP_LEFT_BEHIND);
        assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + SPARE_THREADS);
        assertThat(after.connections()).isEqualTo(before.connections());
    }

    /** Of each ending some, all at the standard level, where its run time decides nothing. */
    private static List<HostilePlugin> selection() {
        Map<String, Integer> ofEnding = new HashMap<>();
        return HostilePlugin.all().stream()
                .filter(HostilePlugin::isTheSameInTheService)
                .filter(plugin -> ofEnding.merge(plugin.endsIn(), 1, Integer::sum) <= MOST_OF_AN_ENDING)
                .toList();
    }

    private static void fightAll(List<HostilePlugin> plugins) {
        ApiTenant tenant = new ApiTenant();
        tenant.upload(PluginText.named("neighbour").toString(), Wat.assemble(Guests.answering("still here")))
                .then()
                .statusCode(201);
        tenant.enable("neighbour");
        Map<String, String> endings = new TreeMap<>();
        for (HostilePlugin plugin : plugins) {
            endings.put(plugin.name(), fight(tenant, plugin));
            assertThat(tenant.call("neighbour", "handle", new byte[0]).asString())
                    .isEqualTo("still here");
        }
        assertThat(endings)
                .isEqualTo(plugins.stream().collect(Collectors.toMap(HostilePlugin::name, HostilePlugin::endsIn)));
        tenant.admin().delete(ApiTenant.BASE + "/neighbour").then().statusCode(204);
    }

    private static String fight(ApiTenant tenant, HostilePlugin plugin) {
        PluginText manifest = PluginText.named(plugin.name());
        if (plugin.endsIn().equals("fuel-exhausted")) {
            manifest.with("resource_limits", LITTLE_FUEL);
        }
        Response upload = tenant.upload(manifest.toString(), plugin.module());
        if (upload.statusCode() != 201) {
            return upload.path("code");
        }
        try {
            return called(tenant, plugin);
        } finally {
            tenant.admin().delete(ApiTenant.BASE + "/" + plugin.name()).then().statusCode(204);
        }
    }

    /** Enabling makes an instance already, and names what stopped it. */
    private static String called(ApiTenant tenant, HostilePlugin plugin) {
        Response enable = tenant.admin().post(ApiTenant.BASE + "/" + plugin.name() + "/enable");
        if (enable.statusCode() != 200) {
            return enable.path("trap");
        }
        Response call = tenant.call(plugin.name(), plugin.export(), plugin.input());
        return call.statusCode() == 200 ? HostilePlugin.RETURNED : call.path("code");
    }

    /** Waits in vain when one was never given back. */
    private void useAllConnections() {
        List<Uni<SqlConnection>> asked = IntStream.range(0, poolSize)
                .mapToObj(each -> pool.getConnection())
                .toList();
        List<SqlConnection> all = Uni.join().all(asked).andFailFast().await().atMost(PATIENCE);
        all.forEach(connection -> connection.close().await().atMost(PATIENCE));
    }

    private static Held held() throws SQLException {
        try (Connection connection = TestDatabase.asSuperuser();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select count(*) from pg_stat_activity where usename = 'storysign_service'")) {
            rows.next();
            return new Held(
                    HostileCorpusTest.usedHeap(), Thread.getAllStackTraces().size(), rows.getInt(1));
        }
    }
}
