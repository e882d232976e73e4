package org.storysign.plugins.rest.endpoints;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.storysign.plugins.endpoint.EndpointRoute;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;

/** The call of an endpoint that {@link EndpointAdmission} let in. Ask for it before the first asynchronous step. */
@RequestScoped
class AdmittedCall {

    private Optional<Call> admitted = Optional.empty();

    /**
     * Whose endpoint, which, and for whom.
     *
     * @param path what was sent after {@code endpoints}, beginning with a slash
     */
    record Call(TenantId tenant, PluginId plugin, EndpointRoute.Found route, String path, Optional<UserId> user) {}

    void set(Call call) {
        admitted = Optional.of(call);
    }

    Call get() {
        return admitted.orElseThrow(() -> new IllegalStateException("this call was not admitted"));
    }
}
