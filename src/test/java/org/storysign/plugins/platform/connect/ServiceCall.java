package org.storysign.plugins.platform.connect;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.ServicePage;

/** A request that fits its contract, as the product's service sees it. */
record ServiceCall(
        String operation,
        TenantId tenant,
        PluginId plugin,
        Optional<UserId> user,
        Map<String, String> query,
        JsonNode body) {

    static final Duration SOON = Duration.ofSeconds(5);

    DataOwner owner() {
        return new DataOwner(tenant, plugin, user);
    }

    ServicePage page(String cursor) {
        return new ServicePage(
                parameter(cursor).map(Long::valueOf),
                Integer.parseInt(parameter("limit").orElseThrow()));
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    String text(String name) {
        return body.path(name).asText("");
    }
}
