package org.storysign.plugins;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.storysign.plugins.abi.ExtismKernel;
import org.storysign.plugins.cluster.CatalogFollower;
import org.storysign.plugins.hook.queue.EventWorkers;
import org.storysign.plugins.hook.queue.QueueConfig;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.platform.AiFunctions;
import org.storysign.plugins.platform.AiLedger;
import org.storysign.plugins.platform.AiService;
import org.storysign.plugins.platform.AnalyticsLog;
import org.storysign.plugins.platform.ContentLibrary;
import org.storysign.plugins.platform.Denials;
import org.storysign.plugins.platform.EventIntake;
import org.storysign.plugins.platform.EventLimits;
import org.storysign.plugins.platform.EventOutbox;
import org.storysign.plugins.platform.GateKeeping;
import org.storysign.plugins.platform.HookFunctions;
import org.storysign.plugins.platform.KeyValueStore;
import org.storysign.plugins.platform.LiveFunctions;
import org.storysign.plugins.platform.LiveOutbox;
import org.storysign.plugins.platform.Notifications;
import org.storysign.plugins.platform.OutboundHttp;
import org.storysign.plugins.platform.PlatformGate;
import org.storysign.plugins.platform.PlatformServices;
import org.storysign.plugins.platform.QuotaLedger;
import org.storysign.plugins.platform.TextBudget;
import org.storysign.plugins.platform.Toasts;
import org.storysign.plugins.platform.UserDirectory;
import org.storysign.plugins.platform.ai.ConnectedAi;
import org.storysign.plugins.platform.connect.CircuitTerms;
import org.storysign.plugins.platform.connect.Connectors;
import org.storysign.plugins.platform.dry.DryPlatform;
import org.storysign.plugins.platform.http.GuardedHttp;
import org.storysign.plugins.platform.http.SourceHttp;
import org.storysign.plugins.plugin.SignatureTrust;
import org.storysign.plugins.plugin.history.CallHistory;
import org.storysign.plugins.plugin.history.HistoryConfig;
import org.storysign.plugins.plugin.history.HistoryWriter;
import org.storysign.plugins.plugin.quarantine.PlatformOutages;
import org.storysign.plugins.problem.BadSettingException;
import org.storysign.plugins.sandbox.Engine;
import org.storysign.plugins.sandbox.ModuleTrial;
import org.storysign.plugins.sandbox.Sandbox;
import org.storysign.plugins.sandbox.SandboxConfig;
import org.storysign.plugins.sandbox.chicory.ChicoryEngine;
import org.storysign.plugins.sandbox.chicory.TrialProcess;
import org.storysign.plugins.secret.SecretCipher;
import org.storysign.plugins.security.AuditCheckpoints;
import org.storysign.plugins.security.AuditTrail;
import org.storysign.plugins.security.RateConfig;
import org.storysign.plugins.security.oidc.IssuerConfig;
import org.storysign.plugins.telemetry.GateMetrics;
import org.storysign.plugins.worker.PlacedEngine;
import org.storysign.plugins.worker.WorkerPool;

/** The composition root: makes what the plain rooms offer into beans. It and {@link PluginWiring} alone see every room. */
final class Wiring {

    private static final int BEFORE_ALL = 1;
    private static final int AFTER_ALL = Integer.MAX_VALUE;
    private static final System.Logger LOG = System.getLogger(Wiring.class.getName());

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    Engine engine(WorkerPool workers) {
        return new PlacedEngine(new ChicoryEngine(), workers);
    }

    void close(@Disposes Engine engine) {
        engine.close();
    }

    /** Where plugins of level isolated run; the engine ends it. */
    @Produces
    @Singleton
    @Typed(WorkerPool.class)
    WorkerPool workers(WorkersConfig config) {
        return new WorkerPool(config.terms());
    }

    @Produces
    @Singleton
    ModuleTrial trial(ModulesConfig config) {
        return config.trial() ? new TrialProcess(config.trialLimits()) : ModuleTrial.NONE;
    }

    void close(@Disposes ModuleTrial trial) {
        if (trial instanceof TrialProcess process) {
            process.close();
        }
    }

    @Produces
    @Singleton
    Sandbox sandbox() {
        return new Sandbox(SandboxConfig.ofThisMachine(), new ExtismKernel());
    }

    void close(@Disposes Sandbox sandbox) {
        sandbox.close();
    }

    /** The platform's functions that guests may be offered. */
    @Produces
    @Singleton
    PlatformGate gate(
            PlatformServices services,
            AiFunctions ai,
            HookFunctions hooks,
            LiveFunctions live,
            EventLimits limits,
            GateKeeping keeping) {
        return new PlatformGate(
                Stream.of(services.functions(), ai.all(), hooks.all(), live.all())
                        .flatMap(List::stream)
                        .toList(),
                DryPlatform.functions(services, ai, limits),
                keeping);
    }

    @Produces
    @Singleton
    PlatformServices services(
            KeyValueStore storage,
            UserDirectory users,
            ContentLibrary content,
            AnalyticsLog analytics,
            Notifications notifications,
            Toasts toasts,
            Connectors connectors) {
        return connectors.over(new PlatformServices(storage, users, content, analytics, notifications, toasts));
    }

    /** The services that the product keeps itself. */
    @Produces
    @Singleton
    Connectors connectors(ServicesConfig config) {
        return new Connectors(config.endpoints(), CircuitTerms.USUAL);
    }

    void close(@Disposes Connectors connectors) {
        connectors.close();
    }

    @Produces
    @Singleton
    AiFunctions aiFunctions(AiService service, AiLedger ledger, AiConfig config, Clock clock) {
        return new AiFunctions(service, new TextBudget(ledger, config.terms(), clock));
    }

    @Produces
    @Singleton
    ConnectedAi ai(AiConfig config) {
        return new ConnectedAi(config.connections());
    }

    void close(@Disposes ConnectedAi ai) {
        ai.close();
    }

    @Produces
    @Singleton
    GateKeeping keeping(
            ServicesConfig config,
            QuotaLedger ledger,
            Clock clock,
            GateMetrics metrics,
            Denials denials,
            CallHistory history,
            PlatformOutages outages) {
        return new GateKeeping(
                config.terms(), ledger, clock, metrics.and(denials).and(history).and(outages));
    }

    @Produces
    @Singleton
    Denials denials(Clock clock) {
        return new Denials(clock);
    }

    @Produces
    @Singleton
    HookFunctions hookFunctions(EventIntake events) {
        return new HookFunctions(events);
    }

    @Produces
    @Singleton
    LiveFunctions liveFunctions(LiveOutbox outbox) {
        return new LiveFunctions(outbox);
    }

    /** What takes events in, from guests and from the product. */
    @Produces
    @Singleton
    EventIntake eventIntake(EventOutbox outbox, EventLimits limits) {
        return new EventIntake(outbox, limits);
    }

    @Produces
    @Singleton
    EventLimits eventLimits(QueueConfig config) {
        return BadSettingException.below(
                QueueConfig.PREFIX,
                () -> new EventLimits(
                        config.mostOfPlugin(),
                        config.mostOfTenant(),
                        config.deepest(),
                        MemorySize.ofKiB(config.largestKib())));
    }

    @Produces
    @Singleton
    SignatureTrust signatureTrust(SignaturesConfig config) {
        return config.trust();
    }

    /** What seals secrets before they are stored. */
    @Produces
    @Singleton
    SecretCipher secretCipher(SecretsConfig config) {
        return new SecretCipher(config.secretKeys());
    }

    @Produces
    @Singleton
    AuditCheckpoints auditCheckpoints(AuditTrail trail, AuditConfig config, Clock clock) {
        return new AuditCheckpoints(trail, config.pair(), clock);
    }

    /** What plugins may reach of the network. */
    @Produces
    @Singleton
    OutboundHttp outboundHttp(EgressConfig config) {
        return new GuardedHttp(config.way());
    }

    /** Where packages may be brought from. */
    @Produces
    @Singleton
    SourceHttp sourceHttp(EgressConfig egress, SourcesConfig sources) {
        return new SourceHttp(egress.way(), sources.terms().hosts());
    }

    void close(@Disposes SourceHttp http) {
        http.close();
    }

    /** A setting that makes no sense is told before anything works with it. */
    void check(
            @Observes @Priority(BEFORE_ALL) StartupEvent event,
            ServicesConfig services,
            AiConfig ai,
            EgressConfig egress,
            SignaturesConfig signatures,
            SecretsConfig secrets,
            AuditConfig audit,
            IssuerConfig issuer,
            RateConfig rates,
            SourcesConfig sources,
            HistoryConfig history,
            QuarantineConfig quarantine,
            LoadConfig loads,
            WorkersConfig workers) {
        quarantine.terms();
        loads.terms();
        workers.terms();
        secrets.secretKeys();
        audit.pair();
        services.terms();
        sources.terms();
        egress.way();
        signatures.trust();
        services.endpoints();
        ai.terms();
        ai.connections();
        issuer.trusted();
        rates.terms();
        history.terms();
    }

    /** Jobs begin when the start has succeeded. */
    void schedule(@Observes @Priority(AFTER_ALL) StartupEvent event, Scheduler scheduler) {
        scheduler.resume();
    }

    /** The service starts while its catalogue is loaded; readiness waits for that, and each event for its tenant's. */
    void start(@Observes StartupEvent event, CatalogFollower follower, EventWorkers workers, HistoryWriter history) {
        history.start();
        workers.start();
        follower.start()
                .subscribe()
                .with(
                        loaded -> {},
                        failure -> LOG.log(
                                System.Logger.Level.WARNING, "catalogue is not loaded yet; trying again", failure));
    }
}
