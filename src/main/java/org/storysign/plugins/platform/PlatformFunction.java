package org.storysign.plugins.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.JsonFields;

/**
 * A function of the platform. It exists for guests only by being registered with the {@link PlatformGate}.
 *
 * @param name as guests import it
 * @param service what it belongs to
 * @param anyOf a plugin needs at least one of these to be linked to it; empty for none
 * @param fields the members its input may have
 * @param body what it does
 */
public record PlatformFunction(
        String name, PlatformService service, Set<PermissionName> anyOf, Set<String> fields, Body body) {

    public PlatformFunction {
        anyOf = Set.copyOf(anyOf);
        fields = Set.copyOf(fields);
    }

    /** What a platform function does, once the gate let the call through. */
    @FunctionalInterface
    public interface Body {

        /**
         * Runs on the guest's thread. The answer becomes {@code {"ok": …}}; {@code ProblemException} becomes
         * {@code {"error": {"code", "message"}}}.
         */
        JsonNode call(PlatformCall call, JsonFields input);
    }
}
