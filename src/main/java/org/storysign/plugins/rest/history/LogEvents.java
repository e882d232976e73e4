package org.storysign.plugins.rest.history;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import java.util.function.Function;
import org.storysign.plugins.plugin.history.LineRecord;

/** Lines as server-sent events to one follower, whose place is each event's id. A comment goes out when nothing else did for long. */
final class LogEvents {

    /** Looks without a line, 15 seconds. */
    private static final int SILENCE = 30;

    private final Sse sse;
    private final Function<LineRecord, String> text;
    private int silent;

    LogEvents(Sse sse, Function<LineRecord, String> text) {
        this.sse = sse;
        this.text = text;
    }

    OutboundSseEvent began() {
        return sse.newEventBuilder().comment("following").build();
    }

    /** One for each line; now and then one without any, so that who stands between does not take the silence for an end. */
    List<OutboundSseEvent> of(List<LineRecord> lines) {
        silent = lines.isEmpty() ? silent + 1 : 0;
        if (silent >= SILENCE) {
            silent = 0;
            return List.of(sse.newEventBuilder().comment("still here").build());
        }
        return lines.stream()
                .map(line -> sse.newEventBuilder()
                        .id(Long.toString(line.sequence()))
                        .data(text.apply(line))
                        .build())
                .toList();
    }
}
