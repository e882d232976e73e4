package org.storysign.plugins.platform.connect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.time.Clock;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.PlatformService;

/**
 * A product that keeps its users, content and notifications itself, for a test of the running service. Of a user it tells for whom it was
 * asked, so that the test sees what arrived.
 */
public final class TestProduct implements QuarkusTestResourceLifecycleManager {

    private final ProductFakes fakes = ProductFakes.fresh(Clock.systemUTC());
    private final Map<PlatformService, ContractServer> servers = new EnumMap<>(PlatformService.class);

    @Override
    public Map<String, String> start() {
        servers.put(PlatformService.USERS, new ContractServer(PlatformService.USERS, this::whoAsks));
        servers.put(PlatformService.CONTENT, new ContractServer(PlatformService.CONTENT, fakes::serve));
        servers.put(PlatformService.NOTIFICATIONS, new ContractServer(PlatformService.NOTIFICATIONS, fakes::serve));
        Map<String, String> settings = new HashMap<>();
        servers.forEach((service, server) -> {
            String prefix = "storysign.services." + service.publicName();
            settings.put(prefix + ".url", server.endpoint().toString());
            settings.put(prefix + ".key", ContractServer.KEY);
        });
        return settings;
    }

    @Override
    public void stop() {
        servers.values().forEach(ContractServer::close);
    }

    private ServiceAnswer whoAsks(ServiceCall call) {
        if (!call.operation().equals("findUser")) {
            return fakes.serve(call);
        }
        ObjectNode view = ServiceAnswer.object();
        view.putObject("profile")
                .put("tenant", call.tenant().value())
                .put("plugin", call.plugin().value())
                .put("user", call.user().map(UserId::value).orElse("nobody"));
        view.putObject("progress");
        view.putObject("preferences");
        return ServiceAnswer.given(200, view.put("revision", 1));
    }
}
