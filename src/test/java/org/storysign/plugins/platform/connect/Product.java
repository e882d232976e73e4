package org.storysign.plugins.platform.connect;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.storysign.plugins.kit.TestClock;
import org.storysign.plugins.platform.InMemoryKeyValueStore;
import org.storysign.plugins.platform.PlatformService;
import org.storysign.plugins.platform.PlatformServices;
import org.storysign.plugins.platform.memory.InMemoryAnalytics;
import org.storysign.plugins.platform.memory.InMemoryContent;
import org.storysign.plugins.platform.memory.InMemoryNotifications;
import org.storysign.plugins.platform.memory.InMemoryUsers;

/** A product that keeps all four services itself, and the connectors to it. */
final class Product implements AutoCloseable {

    /** No fault opens a circuit, and repetitions come at once. */
    static final CircuitTerms PATIENT = new CircuitTerms(10_000, 1, Duration.ofHours(1), Duration.ofMillis(1));

    private final Clock clock = new TestClock();
    private final ProductFakes fakes = ProductFakes.fresh(clock);
    private final Map<PlatformService, ContractServer> servers = new EnumMap<>(PlatformService.class);
    private final Connectors connectors;
    private final PlatformServices services;

    Product() {
        this(PATIENT);
    }

    Product(CircuitTerms terms) {
        Connectors.POSSIBLE.forEach(service -> servers.put(service, new ContractServer(service, fakes::serve)));
        connectors = new Connectors(
                servers.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().endpoint())),
                terms);
        services = connectors.over(embedded());
    }

    /** What the product has. */
    ProductFakes fakes() {
        return fakes;
    }

    /** What plugins have. */
    PlatformServices services() {
        return services;
    }

    Connectors connectors() {
        return connectors;
    }

    ContractServer server(PlatformService service) {
        return Objects.requireNonNull(servers.get(service));
    }

    List<String> breaches() {
        return servers.values().stream()
                .flatMap(server -> server.breaches().stream())
                .toList();
    }

    /** What must not be asked. */
    private PlatformServices embedded() {
        InMemoryNotifications notifications = new InMemoryNotifications();
        return new PlatformServices(
                new InMemoryKeyValueStore(clock),
                new InMemoryUsers(),
                new InMemoryContent(clock),
                new InMemoryAnalytics(clock),
                notifications,
                notifications);
    }

    @Override
    public void close() {
        connectors.close();
        servers.values().forEach(ContractServer::close);
    }
}
