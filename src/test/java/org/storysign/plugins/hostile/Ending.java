package org.storysign.plugins.hostile;

import java.util.List;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.LogLine;

/**
 * How a plugin ended.
 *
 * @param code a problem's code, or {@link HostilePlugin#RETURNED}
 * @param message what a client would be told
 * @param fuel what it used; none when it never ran
 */
record Ending(String code, String message, Fuel fuel, byte[] output, List<LogLine> log) {

    private static final byte[] NOTHING = {};

    static Ending of(CallResult result) {
        return switch (result) {
            case CallResult.Returned returned ->
                new Ending(HostilePlugin.RETURNED, "", returned.usage().fuel(), returned.output(), returned.log());
            case CallResult.Trapped trapped ->
                new Ending(
                        trapped.trap().code().code(),
                        trapped.trap().message(),
                        trapped.usage().fuel(),
                        NOTHING,
                        trapped.log());
        };
    }

    static Ending of(ProblemException refused) {
        return new Ending(refused.code().code(), refused.detail(), Fuel.NONE, NOTHING, List.of());
    }
}
