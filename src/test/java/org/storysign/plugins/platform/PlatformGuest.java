package org.storysign.plugins.platform;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.InvocationId;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.identity.UserReach;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.LimitSwitch;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.Permission;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.HostFunction;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** A plugin, {@code notes} unless told otherwise, a real module, that hands its input to one function of the platform and gives what that answers. */
record PlatformGuest(PlatformGate gate, Grants grants, DataLimits data, CallContext context) {

    private static final TestSandbox SANDBOX = TestSandbox.on(Tiering.INTERPRETED);

    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);
    /** In tenant {@code default}, called by a key that may name no users. */
    PlatformGuest(PlatformGate gate, Grants grants, DataLimits data, Optional<UserId> user) {
        this(
                gate,
                grants,
                data,
                new CallContext(TenantId.DEFAULT, user, new PluginId("notes"), InvocationId.random(), 0));
    }

    PlatformGuest onBehalfOf(String userId) {
        return in(new CallContext(
                context.tenant(),
                Optional.of(new UserId(userId)),
                context.plugin(),
                context.invocation(),
                0,
                context.reach()));
    }

    /** The same, called by a key that may name any user. */
    PlatformGuest naming(UserReach reach) {
        return in(new CallContext(context.tenant(), context.user(), context.plugin(), context.invocation(), 0, reach));
    }

    PlatformGuest in(CallContext other) {
        return new PlatformGuest(gate, grants, data, other);
    }

    String call(String function, String input) {
        return call(function, input.getBytes(StandardCharsets.UTF_8));
    }

    String call(String function, byte[] input) {
        return text(result(function, input, List.of()));
    }

    private static String text(CallResult result) {
        return switch (result) {
            case CallResult.Returned returned -> new String(returned.output(), StandardCharsets.UTF_8);
            case CallResult.Trapped trapped ->
                throw new AssertionError("trapped: " + trapped.trap().message());
        };
    }

    /** One call of the guest that calls the function so often, with {@code {}}; its last answer. */
    String calls(String function, int times) {
        return calls(function, "{}", times);
    }

    /** As {@link #calls(String, int)} with this input. */
    String calls(String function, String input, int times) {
        byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
        return text(result(module(function, times), bytes, List.of(), SecurityLevel.MINIMAL.limits()));
    }

    /** As {@link #calls}, once, by a guest that may wait for so long. */
    String waitingAtMost(Duration time, String function) {
        return text(result(
                module(function, 1),
                EMPTY,
                List.of(),
                SecurityLevel.MINIMAL.limits().withWaitTime(time)));
    }

    /** Links the module on these terms and calls it. */
    CallResult result(String function, byte[] input, List<Permission> asked) {
        return result(module(function, 1), input, asked, SecurityLevel.MINIMAL.limits());
    }

    private CallResult result(String wat, byte[] input, List<Permission> asked, Limits limits) {
        PlatformTerms terms = new PlatformTerms(
                context.tenant(), context.plugin(), "1.0.0", asked, grants, LimitSwitch.plugged(data));
        HostFunction[] linked =
                gate.link(terms, SANDBOX.module(wat).shape().imports()).toArray(HostFunction[]::new);
        return SANDBOX.call(TestCall.of(wat)
                .input(input)
                .functions(linked)
                .limits(standard -> limits)
                .context(context));
    }

    private static String module(String function, int times) {
        return Guests.handingOver(function, times);
    }
}
