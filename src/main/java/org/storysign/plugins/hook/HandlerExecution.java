package org.storysign.plugins.hook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import org.storysign.plugins.identity.InvocationId;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.manifest.Version;
import org.storysign.plugins.plugin.Plugin;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.sandbox.Usage;

/**
 * What one handler of a chain did.
 *
 * @param invocation as the handler was told
 * @param changed JSON Patch (RFC 6902) over {@code {"args", "kwargs", "result"}}; empty array when it changed nothing
 * @param mode OBSERVE when it was run to be looked at: then nothing it did or would change was kept, or handed on
 * @param problem why it failed; present exactly when the status is FAILED
 */
public record HandlerExecution(
        PluginId plugin,
        Version release,
        String handler,
        InvocationId invocation,
        Status status,
        Usage usage,
        JsonNode changed,
        Plugin.Mode mode,
        Optional<Problem> problem) {

    /** How a handler ended. */
    public enum Status {
        /** It answered, with or without a change. */
        COMPLETED,
        /** A replace handler left it to the next. */
        PASSED,
        /** A before handler stopped the call. */
        STOPPED,
        /** It trapped or its answer was not valid. */
        FAILED;

        public String publicName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why a handler failed. Guest text in {@code detail} is quoted. */
    public record Problem(ProblemCode code, String detail) {}
}
