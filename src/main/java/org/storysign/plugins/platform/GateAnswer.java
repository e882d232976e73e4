package org.storysign.plugins.platform;

import java.time.Duration;
import java.util.Optional;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.ProblemCode;

/**
 * How one call of a platform function ended.
 *
 * @param function as guests import it
 * @param refused why it was not served; empty when it was
 * @param took from the guest's call to the answer
 */
public record GateAnswer(
        TenantId tenant,
        PluginId plugin,
        PlatformService service,
        String function,
        Optional<ProblemCode> refused,
        Duration took) {}
