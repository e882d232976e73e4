package org.storysign.plugins.sandbox;

import java.util.HashMap;
import java.util.Map;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Counts the submissions that are waiting or running, of each plugin and of all. Safe for concurrent use. */
final class Admission {

    /** Seconds after which a refused client may try again: a call lasts a second or two at most levels. */
    static final int RETRY_AFTER_SECONDS = 1;

    private record Caller(TenantId tenant, PluginId plugin) {}

    private final int mostOfOne;
    private final int mostOfAll;
    private final Map<Caller, Integer> admitted = new HashMap<>();
    private int total;

    Admission(int mostOfOne, int mostOfAll) {
        this.mostOfOne = mostOfOne;
        this.mostOfAll = mostOfAll;
    }

    /** Admits one submission or throws {@code ProblemException}: {@code overloaded}, {@code plugin-overloaded}. */
    synchronized void enter(TenantId tenant, PluginId plugin) {
        Caller caller = new Caller(tenant, plugin);
        int ofThis = admitted.getOrDefault(caller, 0);
        if (ofThis >= mostOfOne) {
            throw refusal(
                    ProblemCode.PLUGIN_OVERLOADED,
                    ofThis + " calls of plugin " + plugin + " wait or run, expected at most " + mostOfOne,
                    mostOfOne);
        }
        if (total >= mostOfAll) {
            throw refusal(
                    ProblemCode.OVERLOADED,
                    total + " plugin calls wait or run, expected at most " + mostOfAll,
                    mostOfAll);
        }
        admitted.put(caller, ofThis + 1);
        total++;
    }

    synchronized void leave(TenantId tenant, PluginId plugin) {
        admitted.computeIfPresent(new Caller(tenant, plugin), (caller, count) -> count == 1 ? null : count - 1);
        total--;
    }

    synchronized int admitted() {
        return total;
    }

    static ProblemException refusal(ProblemCode code, String detail, long limit) {
        return new ProblemException(
                code, detail, Map.of(FactKey.LIMIT, limit, FactKey.RETRY_AFTER, RETRY_AFTER_SECONDS));
    }
}
