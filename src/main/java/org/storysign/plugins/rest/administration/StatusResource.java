package org.storysign.plugins.rest.administration;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.storysign.plugins.hook.queue.EventStore;
import org.storysign.plugins.hook.queue.QueueFigures;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.platform.connect.Connectors;
import org.storysign.plugins.plugin.CatalogSnapshot;
import org.storysign.plugins.plugin.Plugin;
import org.storysign.plugins.plugin.PluginCatalog;
import org.storysign.plugins.plugin.PluginFilter;
import org.storysign.plugins.plugin.PluginStore;
import org.storysign.plugins.rest.live.LiveConnections;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.CurrentCaller;

/** How the service is, and what a tenant has. */
@Path(BASE + "/status")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "status")
public class StatusResource {

    private final PluginStore store;
    private final PluginCatalog catalog;
    private final SmallRyeHealthReporter health;
    private final EventStore events;
    private final LiveConnections live;
    private final Connectors connectors;
    private final CurrentCaller caller;

    @Inject
    public StatusResource(
            PluginStore store,
            PluginCatalog catalog,
            SmallRyeHealthReporter health,
            EventStore events,
            LiveConnections live,
            Connectors connectors,
            CurrentCaller caller) {
        this.store = store;
        this.catalog = catalog;
        this.health = health;
        this.events = events;
        this.live = live;
        this.connectors = connectors;
        this.caller = caller;
    }

    @GET
    @Allowed(Role.VIEWER)
    @Operation(
            summary = "The state of the service",
            description =
                    "Plugins by state, the catalogue's revision on this replica, who runs the enabled modules, every"
                            + " component's health, whether the product's own services answer, enabled plugins this replica"
                            + " cannot serve, the queue, and live connections.")
    public Uni<StatusView> status() {
        TenantId tenant = caller.actor().tenant();
        Uni<Map<String, Long>> states = count(tenant, PluginFilter.all(PluginFilter.LARGEST_PAGE), new TreeMap<>());
        return Uni.combine()
                .all()
                .unis(states, health.getReadinessAsync(), events.figures(tenant))
                .asTuple()
                .map(all -> view(tenant, all.getItem1(), all.getItem2(), QueueView.of(all.getItem3())));
    }

    private Uni<Map<String, Long>> count(TenantId tenant, PluginFilter filter, Map<String, Long> counted) {
        return store.list(tenant, filter).chain(page -> {
            page.forEach(plugin -> counted.merge(plugin.state().publicName(), 1L, Long::sum));
            return page.size() < filter.limit()
                    ? Uni.createFrom().item(counted)
                    : count(tenant, after(filter, page.getLast()), counted);
        });
    }

    private static PluginFilter after(PluginFilter filter, Plugin last) {
        return new PluginFilter(
                filter.state(), filter.text(), filter.permission(), java.util.Optional.of(last.id()), filter.limit());
    }

    private StatusView view(TenantId tenant, Map<String, Long> states, SmallRyeHealth readiness, QueueView queue) {
        CatalogSnapshot serving = catalog.current(tenant);
        Map<String, Long> modes = serving.all().stream()
                .collect(Collectors.groupingBy(
                        plugin -> plugin.module().mode().name().toLowerCase(Locale.ROOT),
                        TreeMap::new,
                        Collectors.counting()));
        List<LoadFailureView> failures = catalog.loadFailures().stream()
                .filter(failure -> failure.tenant().equals(tenant))
                .map(failure -> new LoadFailureView(
                        failure.plugin().value(), failure.code().code(), failure.detail()))
                .toList();
        return new StatusView(
                tenant.value(),
                readiness.isDown() ? "down" : "up",
                states,
                serving.revision(),
                modes,
                components(readiness),
                failures,
                queue,
                new LiveView(live.of(tenant)));
    }

    /** A product's service that fails does not make this one unready: it is told of here only. */
    private List<StatusComponentView> components(SmallRyeHealth readiness) {
        Stream<StatusComponentView> checks =
                readiness.getPayload().getJsonArray("checks").getValuesAs(JsonObject.class).stream()
                        .map(check -> new StatusComponentView(
                                check.getString("name"),
                                check.getString("status").toLowerCase(Locale.ROOT)));
        Stream<StatusComponentView> services = connectors.answering().entrySet().stream()
                .map(service -> new StatusComponentView(
                        "product-" + service.getKey().publicName(), service.getValue() ? "up" : "down"));
        return Stream.concat(checks, services).toList();
    }

    /**
     * The state of the service.
     *
     * @param plugins how many are in each state
     * @param catalogRevision the revision this replica serves from; 0 before the first change
     * @param engine how many enabled modules are run by compiled code, how many by the interpreter
     */
    public record StatusView(
            String tenant,
            String status,
            Map<String, Long> plugins,
            long catalogRevision,
            Map<String, Long> engine,
            List<StatusComponentView> components,
            List<LoadFailureView> loadFailures,
            QueueView queue,
            LiveView live) {}

    /** Open pages of the tenant's users on this replica. */
    public record LiveView(long connections) {}

    /**
     * Hooks of the tenant that are handled later.
     *
     * @param oldestMs how long ago the oldest that waits or is in work was accepted; 0 when there is none
     */
    public record QueueView(long queued, long working, long dead, long oldestMs) {
        static QueueView of(QueueFigures figures) {
            return new QueueView(
                    figures.queued(),
                    figures.working(),
                    figures.dead(),
                    figures.oldest().toMillis());
        }
    }

    /** A part of the service, up or down. */
    public record StatusComponentView(String name, String status) {}

    /** An enabled plugin that this replica cannot serve. */
    public record LoadFailureView(String pluginId, String code, String detail) {}
}
