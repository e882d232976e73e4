package org.storysign.plugins.sandbox;

import java.util.List;
import java.util.Map;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.limits.Limits;

/**
 * One call of one export.
 *
 * @param module what to run, always in a new instance
 * @param export the function to call
 * @param input its input; the array is not copied and must not change during the call
 * @param limits what it may use
 * @param context for whom it runs
 * @param config what the guest sees as its configuration
 * @param functions the platform's host functions the guest is linked to: exactly those that are granted to it, or stand in for
 *     optional ones that were refused
 * @param http what the guest may reach by {@code http_request}
 * @param cancellation who may stop it
 */
public record CallRequest(
        CompiledModule module,
        String export,
        byte[] input,
        Limits limits,
        CallContext context,
        Map<String, String> config,
        List<HostFunction> functions,
        HttpAccess http,
        Cancellation cancellation) {

    public CallRequest {
        config = Map.copyOf(config);
        functions = List.copyOf(functions);
    }

    /** Bytes of input. */
    int inputSize() {
        return input.length;
    }
}
