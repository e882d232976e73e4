package org.storysign.plugins.platform;

import java.util.Map;
import java.util.WeakHashMap;
import org.storysign.plugins.identity.InvocationId;

/** How many hooks each running call has emitted; forgotten with the call. Safe for concurrent use. */
final class EmittedByCall {

    private final Map<InvocationId, Integer> counts = new WeakHashMap<>();

    synchronized int count(InvocationId call) {
        return counts.getOrDefault(call, 0);
    }

    synchronized void add(InvocationId call) {
        counts.merge(call, 1, Integer::sum);
    }
}
