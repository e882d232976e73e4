package org.storysign.plugins.kit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.InvocationId;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.sandbox.CallRequest;
import org.storysign.plugins.sandbox.Cancellation;
import org.storysign.plugins.sandbox.CompiledModule;
import org.storysign.plugins.sandbox.GuestFiles;
import org.storysign.plugins.sandbox.HostFunction;
import org.storysign.plugins.sandbox.HttpAccess;

/**
 * A call of a module in the text format, to be changed where a test cares: without a change it calls {@code run} with no input
 * under the limits of level STANDARD.
 */
public record TestCall(
        String wat,
        String export,
        byte[] input,
        Limits limits,
        CallContext context,
        Map<String, String> config,
        List<HostFunction> functions,
        HttpAccess http,
        Cancellation cancellation,
        GuestFiles files) {

    public static TestCall of(String wat) {
        return new TestCall(
                wat,
                "run",
                new byte[0],
                SecurityLevel.STANDARD.limits(),
                new CallContext(
                        TenantId.DEFAULT, Optional.empty(), new PluginId("test-plugin"), InvocationId.random(), 0),
                Map.of(),
                List.of(),
                HttpAccess.NONE,
                new Cancellation(),
                GuestFiles.NONE);
    }

    public TestCall export(String other) {
        return new TestCall(wat, other, input, limits, context, config, functions, http, cancellation, files);
    }

    public TestCall input(byte[] other) {
        return new TestCall(wat, export, other, limits, context, config, functions, http, cancellation, files);
    }

    public TestCall input(String text) {
        return input(text.getBytes(StandardCharsets.UTF_8));
    }

    public TestCall limits(UnaryOperator<Limits> change) {
        return new TestCall(
                wat, export, input, change.apply(limits), context, config, functions, http, cancellation, files);
    }

    public TestCall plugin(String id) {
        return context(new CallContext(
                context.tenant(), context.user(), new PluginId(id), context.invocation(), context.depth()));
    }

    public TestCall context(CallContext other) {
        return new TestCall(wat, export, input, limits, other, config, functions, http, cancellation, files);
    }

    public TestCall config(Map<String, String> other) {
        return new TestCall(wat, export, input, limits, context, other, functions, http, cancellation, files);
    }

    public TestCall functions(HostFunction... others) {
        return new TestCall(wat, export, input, limits, context, config, List.of(others), http, cancellation, files);
    }

    public TestCall http(HttpAccess other) {
        return new TestCall(wat, export, input, limits, context, config, functions, other, cancellation, files);
    }

    public TestCall cancellation(Cancellation other) {
        return new TestCall(wat, export, input, limits, context, config, functions, http, other, files);
    }

    public TestCall files(GuestFiles other) {
        return new TestCall(wat, export, input, limits, context, config, functions, http, cancellation, other);
    }

    /** The request, for a compiled module of this text. */
    public CallRequest request(CompiledModule module) {
        return new CallRequest(
                        module,
                        export,
                        input,
                        LimitSwitch.plugged(limits),
                        context,
                        config,
                        functions,
                        http,
                        LimitSwitch.stopping(cancellation))
                .with(files);
    }
}
