package org.storysign.plugins.plugin.history;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.InvocationId;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.TraceId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.manifest.HookName;
import org.storysign.plugins.manifest.Version;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.sandbox.LogLine;
import org.storysign.plugins.sandbox.Usage;

/** Calls and how they ended, as tests need them. */
public final class Ends {

    public static final PluginId NOTES = new PluginId("notes");
    public static final TraceId TRACE = new TraceId("4bf92f3577b34da6a3ce929d0e0e4736");

    private static final Usage USAGE =
            new Usage(new Fuel(100), new MemorySize(65_536), Duration.ofNanos(2_500), Duration.ofNanos(1_000), 3);

    private Ends() {}

    /** Of a hook, for a user. */
    public static Invocation call(TenantId tenant, PluginId plugin) {
        return new Invocation(
                new CallContext(tenant, Optional.of(new UserId("anna")), plugin, InvocationId.random(), 0),
                Version.parse("1.2.0").orElseThrow(),
                Occasion.hook(HookName.parse("saved").orElseThrow(), "on_saved"),
                Optional.of(TRACE));
    }

    /** 100 fuel, 2.5 µs of running, 1 µs of waiting, 3 host calls, 64 KiB. */
    public static InvocationLog.End well(String... lines) {
        return new InvocationLog.End(USAGE, Optional.empty(), lines(lines));
    }

    /** With the same figures, of a call that would have come to this. */
    public static InvocationLog.End observed(String would) {
        return new InvocationLog.End(USAGE, Optional.empty(), List.of(), Optional.of(would));
    }

    /** With the same figures. */
    public static InvocationLog.End failed(ProblemCode code, String... lines) {
        return new InvocationLog.End(USAGE, Optional.of(code), lines(lines));
    }

    private static List<LogLine> lines(String... lines) {
        return Stream.of(lines)
                .map(line -> LogLine.of(LogLine.Level.INFO, line))
                .toList();
    }
}
