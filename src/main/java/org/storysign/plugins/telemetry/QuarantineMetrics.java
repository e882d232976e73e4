package org.storysign.plugins.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.plugin.PluginCatalog;
import org.storysign.plugins.plugin.quarantine.QuarantineTurns;

/**
 * Quarantine, counted: {@code plugin_quarantine_turns_total} by {@code turn} (quarantine, retry, recover), those that this process made, so that
 * the sum over all processes is exact; {@code plugin_quarantined}, how many plugins of all tenants are in quarantine, the same in each process.
 * Safe for concurrent use.
 */
@Singleton
public final class QuarantineMetrics implements QuarantineTurns.Listener {

    private static final String TURNS = "plugin.quarantine.turns";
    private static final String OBJECT = "plugin.";

    private final MeterRegistry registry;

    @Inject
    QuarantineMetrics(MeterRegistry registry, PluginCatalog catalog) {
        this.registry = registry;
        registry.gauge("plugin.quarantined", catalog, PluginCatalog::quarantined);
        for (AuditAction turn :
                new AuditAction[] {AuditAction.PLUGIN_QUARANTINE, AuditAction.PLUGIN_RETRY, AuditAction.PLUGIN_RECOVER
                }) {
            registry.counter(TURNS, "turn", name(turn));
        }
    }

    @Override
    public void turned(AuditAction action) {
        registry.counter(TURNS, "turn", name(action)).increment();
    }

    private static String name(AuditAction action) {
        return action.publicName().substring(OBJECT.length());
    }
}
