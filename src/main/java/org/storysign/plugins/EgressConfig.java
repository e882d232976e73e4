package org.storysign.plugins;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import org.storysign.plugins.platform.http.EgressProxy;
import org.storysign.plugins.problem.BadSettingException;

/** How plugins' requests leave. */
@ConfigMapping(prefix = "storysign.egress")
interface EgressConfig {

    /** Such as {@code proxy.internal:3128}, a proxy that takes CONNECT; straight when absent. */
    Optional<String> proxy();

    /** Who finds the addresses of names: {@code service}, which checks them, or {@code proxy}, which must. */
    @WithDefault("service")
    EgressProxy.Names names();

    default Optional<EgressProxy> way() {
        return proxy().map(text -> EgressProxy.parse(text, names())
                .orElseThrow(() -> new BadSettingException(
                        "storysign.egress.proxy", text, "a host and a port, such as proxy.internal:3128")));
    }
}
