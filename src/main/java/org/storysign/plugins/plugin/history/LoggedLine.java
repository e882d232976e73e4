package org.storysign.plugins.plugin.history;

import java.time.Instant;
import java.util.Optional;
import org.storysign.plugins.identity.InvocationId;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.sandbox.LogLine;

/**
 * A line of a plugin's log.
 *
 * @param invocation the call that logged it; empty for what the platform says itself
 * @param at when that call ended
 */
public record LoggedLine(
        TenantId tenant, PluginId plugin, Optional<InvocationId> invocation, Instant at, LogLine line) {

    private static final int LONGEST = 4_000;

    public LoggedLine {
        line = cut(line);
    }

    private static LogLine cut(LogLine line) {
        String text = line.text();
        if (text.length() <= LONGEST) {
            return line;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return new LogLine(line.level(), text.substring(0, end) + "… (cut, " + text.length() + " characters)");
    }

    long weight() {
        // Beside its text a line takes about as much room as this many characters.
        return line.text().length() + 100L;
    }
}
