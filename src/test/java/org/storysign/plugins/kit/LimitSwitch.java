package org.storysign.plugins.kit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.storysign.plugins.limits.CodeLimits;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.HttpLimits;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.plugin.LoadTerms;
import org.storysign.plugins.sandbox.Cancellation;
import org.storysign.plugins.sandbox.SandboxConfig;
import org.storysign.plugins.sandbox.chicory.TrialLimits;
import org.storysign.plugins.worker.WorkerTerms;

/**
 * Unplugs one limit of the tests: what they hand to the service as that limit is replaced by one that no test reaches, as if nobody
 * looked at it. Whoever builds limits for the service in a test lets them pass through here. Which limit is unplugged is a system
 * property, since tests of the service are loaded by a class loader of their own; none is in an ordinary run.
 */
public enum LimitSwitch {
    FUEL(Limits.class, "fuel"),
    MEMORY(Limits.class, "memory"),
    RUN_TIME(Limits.class, "runTime"),
    WAIT_TIME(Limits.class, "waitTime"),
    CALL_DEPTH(Limits.class, "callDepth"),
    HOST_CALLS(Limits.class, "hostCalls"),
    INPUT(Limits.class, "input"),
    OUTPUT(Limits.class, "output"),
    LOG(Limits.class, "log"),
    HTTP_REQUESTS(HttpLimits.class, "requests"),
    HTTP_BODY(HttpLimits.class, "body"),
    MODULE_SIZE(CodeLimits.class, "moduleSize"),
    TABLE_ENTRIES(CodeLimits.class, "tableEntries"),
    FUNCTIONS(CodeLimits.class, "functions"),
    STORED_DATA(DataLimits.class, "bytes"),
    STORED_KEYS(DataLimits.class, "keys"),
    CALLS_OF_PLUGIN(SandboxConfig.class, "callsPerPlugin"),
    CALLS(SandboxConfig.class, "calls"),
    SHARED_MEMORY(SandboxConfig.class, "memory"),
    LOAD_PATIENCE(LoadTerms.class, "patience"),
    LOAD_DEATHS(LoadTerms.class, "mostDeaths"),
    WORKERS(WorkerTerms.class, "most"),
    WORKERS_OF_PLUGIN(WorkerTerms.class, "mostOfOne"),
    WORKER_GRACE(WorkerTerms.class, "grace"),
    TRIAL_PROCESSOR_TIME(TrialLimits.class, "processorTime"),
    TRIAL_PATIENCE(TrialLimits.class, "patience"),
    TRIAL_HEAP(TrialLimits.class, "heap");

    private static final String PROPERTY = "storysign.test.unplugged";

    /** What a guest that nothing stops any more is given, before the run goes on without it. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int MANY = 1_000_000;
    private static final MemorySize LARGE = MemorySize.ofMiB(256);
    private static final MemorySize PLENTY = MemorySize.ofMiB(1 << 20);
    private static final Duration LONG = Duration.ofDays(1);

    private static final ScheduledExecutorService STOPS = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "unplugged-stops");
        thread.setDaemon(true);
        return thread;
    });

    private final Class<? extends Record> limits;
    private final String component;

    LimitSwitch(Class<? extends Record> limits, String component) {
        this.limits = limits;
        this.component = component;
    }

    /** The record that holds the limit. */
    public Class<? extends Record> limits() {
        return limits;
    }

    /** The limit's component there. */
    public String component() {
        return component;
    }

    /** Runs {@code work} with this limit unplugged. */
    public void unplug(Runnable work) {
        System.setProperty(PROPERTY, name());
        try {
            work.run();
        } finally {
            System.clearProperty(PROPERTY);
        }
    }

    private static Optional<LimitSwitch> unplugged() {
        return Optional.ofNullable(System.getProperty(PROPERTY)).map(LimitSwitch::valueOf);
    }

    private static <T> T changed(T limits, java.util.function.Function<LimitSwitch, UnaryOperator<T>> change) {
        return unplugged().map(change).map(raise -> raise.apply(limits)).orElse(limits);
    }

    /** What is left of a call's limits. */
    public static Limits plugged(Limits all) {
        return changed(all, limit -> limit::raise);
    }

    /** What is left of a module's limits. */
    public static CodeLimits plugged(CodeLimits all) {
        return changed(all, limit -> limit::raise);
    }

    /** What is left of the limits of stored data. */
    public static DataLimits plugged(DataLimits all) {
        return changed(all, limit -> limit::raise);
    }

    /** What is left of the limits of all calls together. */
    public static SandboxConfig plugged(SandboxConfig all) {
        return changed(all, limit -> limit::raise);
    }

    /** What is left of the terms on which modules are loaded. */
    public static LoadTerms plugged(LoadTerms all) {
        return changed(all, limit -> limit::raise);
    }

    /** What is left of the terms of workers. */
    public static WorkerTerms plugged(WorkerTerms all) {
        return changed(all, limit -> limit::raise);
    }

    /** What is left of the limits of modules that are tried. */
    public static TrialLimits plugged(TrialLimits all) {
        return changed(all, limit -> limit::raise);
    }

    /** A call that nothing may stop any more is stopped by this, so that a run ends. */
    public static Cancellation stopping(Cancellation cancellation) {
        unplugged()
                .ifPresent(limit -> STOPS.schedule(
                        () -> cancellation.cancel("nothing stopped it with " + limit + " unplugged"),
                        PATIENCE.toMillis(),
                        TimeUnit.MILLISECONDS));
        return cancellation;
    }

    private Limits raise(Limits all) {
        return switch (this) {
            case FUEL -> all.withFuel(Fuel.LARGEST);
            case MEMORY -> all.withMemory(LARGE);
            case RUN_TIME -> all.withRunTime(LONG);
            case WAIT_TIME -> all.withWaitTime(LONG);
            case CALL_DEPTH -> all.withCallDepth(SecurityLevel.MINIMAL.limits().callDepth());
            case HOST_CALLS -> all.withHostCalls(MANY);
            case INPUT -> all.withInput(LARGE);
            case OUTPUT -> all.withOutput(LARGE);
            case LOG -> all.withLog(LARGE);
            case HTTP_REQUESTS -> all.withHttp(new HttpLimits(MANY, all.http().body()));
            case HTTP_BODY -> all.withHttp(new HttpLimits(all.http().requests(), LARGE));
            case MODULE_SIZE, TABLE_ENTRIES, FUNCTIONS, STORED_DATA, STORED_KEYS -> all;
            case CALLS_OF_PLUGIN, CALLS, SHARED_MEMORY, LOAD_PATIENCE, LOAD_DEATHS -> all;
            case WORKERS, WORKERS_OF_PLUGIN, WORKER_GRACE -> all;
            case TRIAL_PROCESSOR_TIME, TRIAL_PATIENCE, TRIAL_HEAP -> all;
        };
    }

    private CodeLimits raise(CodeLimits all) {
        return new CodeLimits(
                this == MODULE_SIZE ? LARGE : all.moduleSize(),
                this == TABLE_ENTRIES ? MANY : all.tableEntries(),
                this == FUNCTIONS ? MANY : all.functions());
    }

    private SandboxConfig raise(SandboxConfig all) {
        return switch (this) {
            case CALLS_OF_PLUGIN -> all.withCallsPerPlugin(MANY);
            case CALLS -> all.withCalls(MANY);
            case SHARED_MEMORY -> all.withMemory(PLENTY);
            default -> all;
        };
    }

    private WorkerTerms raise(WorkerTerms all) {
        return switch (this) {
            case WORKERS -> all.withMost(MANY);
            case WORKERS_OF_PLUGIN -> all.withMostOfOne(MANY);
            case WORKER_GRACE -> all.withGrace(LONG);
            default -> all;
        };
    }

    private LoadTerms raise(LoadTerms all) {
        return new LoadTerms(
                this == LOAD_PATIENCE ? LONG : all.patience(),
                this == LOAD_DEATHS ? LoadTerms.LARGEST_DEATHS : all.mostDeaths(),
                all.deadAfter(),
                all.forgottenAfter());
    }

    private TrialLimits raise(TrialLimits all) {
        return switch (this) {
            case TRIAL_PROCESSOR_TIME -> new TrialLimits(all.patience().minusNanos(1), all.patience(), all.heap());
            case TRIAL_PATIENCE ->
                new TrialLimits(all.processorTime(), all.patience().plus(PATIENCE.multipliedBy(10)), all.heap());
            case TRIAL_HEAP -> new TrialLimits(all.processorTime(), all.patience(), LARGE);
            default -> all;
        };
    }

    private DataLimits raise(DataLimits all) {
        return new DataLimits(this == STORED_DATA ? LARGE : all.bytes(), this == STORED_KEYS ? MANY : all.keys());
    }
}
