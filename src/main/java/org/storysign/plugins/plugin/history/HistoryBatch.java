package org.storysign.plugins.plugin.history;

import java.time.Instant;
import java.util.List;
import org.storysign.plugins.identity.PluginId;

/** What one tenant's plugins did since it was last written. */
public record HistoryBatch(List<EndedCall> calls, List<LoggedLine> lines, List<Amount> amounts) {

    /** So much more of something in an hour, which begins at {@code hour}. */
    public record Amount(PluginId plugin, Instant hour, Counter counter, long amount) {}

    public HistoryBatch {
        calls = List.copyOf(calls);
        lines = List.copyOf(lines);
        amounts = List.copyOf(amounts);
    }
}
