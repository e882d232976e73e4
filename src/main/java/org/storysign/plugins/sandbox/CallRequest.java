package org.storysign.plugins.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.limits.Limits;

/**
 * One call of one export.
 *
 * @param module what to run
 * @param export the function to call
 * @param input its input; the array is not copied and must not change during the call
 * @param limits what it may use
 * @param context for whom it runs
 * @param config what the guest sees as its configuration
 * @param functions the platform's host functions the guest is linked to: exactly those that are granted to it, or stand in for
 *     optional ones that were refused
 * @param http what the guest may reach by {@code http_request}
 * @param cancellation who may stop it
 * @param files what the guest may reach through WASI
 * @param pool where its instance may come from and go to; without one it is new and thrown away
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
        Cancellation cancellation,
        GuestFiles files,
        Optional<InstancePool> pool) {

    /** Without files. */
    public CallRequest(
            CompiledModule module,
            String export,
            byte[] input,
            Limits limits,
            CallContext context,
            Map<String, String> config,
            List<HostFunction> functions,
            HttpAccess http,
            Cancellation cancellation,
            Optional<InstancePool> pool) {
        this(module, export, input, limits, context, config, functions, http, cancellation, GuestFiles.NONE, pool);
    }

    /** In a new instance, without files. */
    public CallRequest(
            CompiledModule module,
            String export,
            byte[] input,
            Limits limits,
            CallContext context,
            Map<String, String> config,
            List<HostFunction> functions,
            HttpAccess http,
            Cancellation cancellation) {
        this(module, export, input, limits, context, config, functions, http, cancellation, Optional.empty());
    }

    public CallRequest {
        config = Map.copyOf(config);
        functions = List.copyOf(functions);
    }

    /** The same call on the instances of a pool. */
    public CallRequest on(InstancePool instances) {
        return new CallRequest(
                module,
                export,
                input,
                limits,
                context,
                config,
                functions,
                http,
                cancellation,
                files,
                Optional.of(instances));
    }

    /** The same call with files. */
    public CallRequest with(GuestFiles reachable) {
        return new CallRequest(
                module, export, input, limits, context, config, functions, http, cancellation, reachable, pool);
    }

    /** Bytes of input. */
    int inputSize() {
        return input.length;
    }
}
