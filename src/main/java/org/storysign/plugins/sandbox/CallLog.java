package org.storysign.plugins.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.storysign.plugins.limits.MemorySize;

/** What one call logged, up to its limit. Each line counts its UTF-8 bytes and {@value #LINE_COST}. Used by the guest's thread. */
final class CallLog {

    /** What a line costs beside its text, so that a flood of empty lines ends too. */
    static final int LINE_COST = 16;

    private final MemorySize limit;
    private final List<LogLine> lines = new ArrayList<>();
    private long left;
    private boolean cut;

    CallLog(MemorySize limit) {
        this.limit = limit;
        this.left = limit.bytes();
    }

    void add(LogLine.Level level, String text) {
        if (cut) {
            return;
        }
        LogLine line = LogLine.of(level, text);
        long cost = line.text().getBytes(StandardCharsets.UTF_8).length + LINE_COST;
        if (cost > left) {
            cut = true;
            lines.add(new LogLine(LogLine.Level.WARN, "the log was cut here: its limit is " + limit));
            return;
        }
        left -= cost;
        lines.add(line);
    }

    List<LogLine> lines() {
        return List.copyOf(lines);
    }
}
