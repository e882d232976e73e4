package org.storysign.plugins.platform.connect;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.storysign.plugins.platform.AnalyticsLog;
import org.storysign.plugins.platform.ContentLibrary;
import org.storysign.plugins.platform.Notifications;
import org.storysign.plugins.platform.PlatformService;
import org.storysign.plugins.platform.PlatformServices;
import org.storysign.plugins.platform.Toasts;
import org.storysign.plugins.platform.UserDirectory;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Which services the product keeps itself, and the way to them. Safe for concurrent use. */
public final class Connectors implements AutoCloseable {

    /** The services for which there is a contract in {@code deploy/connectors}. */
    public static final Set<PlatformService> POSSIBLE = Set.of(
            PlatformService.USERS, PlatformService.CONTENT, PlatformService.ANALYTICS, PlatformService.NOTIFICATIONS);

    private final Exchange exchange = new Exchange();
    private final Map<PlatformService, ProductService> services = new EnumMap<>(PlatformService.class);

    /** @param endpoints where the product's own services are; those that are not named stay in PostgreSQL */
    public Connectors(Map<PlatformService, Endpoint> endpoints, CircuitTerms terms) {
        endpoints.forEach((service, endpoint) -> {
            if (!POSSIBLE.contains(service)) {
                throw new IllegalArgumentException("there is no connector for " + service);
            }
            services.put(service, new ProductService(service, endpoint, exchange, terms));
        });
    }

    /** The services, with the product's own in their places. Toasts go where notifications go. */
    public PlatformServices over(PlatformServices embedded) {
        Optional<HttpNotifications> told = at(PlatformService.NOTIFICATIONS).map(HttpNotifications::new);
        return new PlatformServices(
                embedded.storage(),
                at(PlatformService.USERS)
                        .<UserDirectory>map(HttpUserDirectory::new)
                        .orElse(embedded.users()),
                at(PlatformService.CONTENT)
                        .<ContentLibrary>map(HttpContentLibrary::new)
                        .orElse(embedded.content()),
                at(PlatformService.ANALYTICS)
                        .<AnalyticsLog>map(HttpAnalyticsLog::new)
                        .orElse(embedded.analytics()),
                told.<Notifications>map(product -> product).orElse(embedded.notifications()),
                told.<Toasts>map(product -> product).orElse(embedded.toasts()));
    }

    /** Refuses with {@code kept-elsewhere} what would read or change tables that plugins do not see. */
    public void requireEmbedded(PlatformService service) {
        if (services.containsKey(service)) {
            throw new ProblemException(
                    ProblemCode.KEPT_ELSEWHERE,
                    "The service that storysign.services." + service.publicName() + ".url names keeps the "
                            + service.publicName() + "; what is written here would reach no plugin.");
        }
    }

    /** By service that the product keeps: whether it is asked, or left alone because it failed too often. */
    public Map<PlatformService, Boolean> answering() {
        Map<PlatformService, Boolean> answering = new TreeMap<>();
        services.forEach((which, service) -> answering.put(which, !service.isLeftAlone()));
        return answering;
    }

    @Override
    public void close() {
        exchange.close();
    }

    private Optional<ProductService> at(PlatformService service) {
        return Optional.ofNullable(services.get(service));
    }
}
