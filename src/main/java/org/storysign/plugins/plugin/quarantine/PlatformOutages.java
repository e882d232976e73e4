package org.storysign.plugins.plugin.quarantine;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.platform.GateAnswer;
import org.storysign.plugins.platform.GateListener;
import org.storysign.plugins.problem.ProblemCode;

/** When the platform last let a plugin down, in this process: what fails then is not the plugin's fault. Safe for concurrent use. */
public final class PlatformOutages implements GateListener {

    private final Clock clock;
    private final Map<Key, Long> last = new ConcurrentHashMap<>();

    public PlatformOutages(Clock clock) {
        this.clock = clock;
    }

    private record Key(TenantId tenant, PluginId plugin) {}

    @Override
    public void answered(GateAnswer answer) {
        if (answer.refused().filter(PlatformOutages::isOutage).isPresent()) {
            last.put(new Key(answer.tenant(), answer.plugin()), clock.millis());
        }
    }

    /** Whether there was one within a call of this plugin that took so long and ended now, or within a second before it began. */
    boolean during(TenantId tenant, PluginId plugin, Duration took) {
        Long at = last.get(new Key(tenant, plugin));
        return at != null && clock.millis() - at <= took.plusSeconds(1).toMillis();
    }

    private static boolean isOutage(ProblemCode code) {
        return switch (code.category()) {
            case CAPACITY, INTERNAL -> true;
            case CALLER, PLUGIN -> code == ProblemCode.QUOTA_EXCEEDED;
        };
    }
}
