package org.storysign.plugins;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.storysign.plugins.platform.OutboundHttp;
import org.storysign.plugins.platform.http.SourceHttp;
import org.storysign.plugins.plugin.LoadAttempts;
import org.storysign.plugins.plugin.LoadGuard;
import org.storysign.plugins.plugin.LoadTerms;
import org.storysign.plugins.plugin.PluginCatalog;
import org.storysign.plugins.plugin.PluginStore;
import org.storysign.plugins.plugin.history.CallHistory;
import org.storysign.plugins.plugin.history.HistoryConfig;
import org.storysign.plugins.plugin.history.HistoryStore;
import org.storysign.plugins.plugin.history.HistoryWriter;
import org.storysign.plugins.plugin.history.InvocationLog;
import org.storysign.plugins.plugin.quarantine.PlatformOutages;
import org.storysign.plugins.plugin.quarantine.Quarantine;
import org.storysign.plugins.plugin.quarantine.QuarantineTurns;
import org.storysign.plugins.plugin.source.OperationPace;
import org.storysign.plugins.plugin.source.OperationStore;
import org.storysign.plugins.plugin.source.PackageFetch;
import org.storysign.plugins.plugin.source.SourceInstaller;
import org.storysign.plugins.plugin.source.SourceTerms;
import org.storysign.plugins.plugin.webhook.WebhookConfig;
import org.storysign.plugins.plugin.webhook.WebhookOutbox;
import org.storysign.plugins.plugin.webhook.WebhookSender;
import org.storysign.plugins.secret.SecretCipher;
import org.storysign.plugins.telemetry.QuarantineMetrics;

/** The part of the composition root that is about plugins' life: loading, what is told of calls, quarantine, sources, webhooks. */
final class PluginWiring {

    private static final int AFTER_ALL = Integer.MAX_VALUE;

    /** What is told of every call that ended. */
    @Produces
    @Singleton
    @Typed(CallHistory.class)
    CallHistory history(HistoryConfig config, Clock clock) {
        return new CallHistory(config.terms(), clock);
    }

    @Produces
    @Singleton
    InvocationLog invocationLog(CallHistory history, Quarantine quarantine) {
        return history.and(quarantine);
    }

    /** What takes plugins out of service that fail too often. */
    @Produces
    @Singleton
    @Typed(Quarantine.class)
    Quarantine quarantine(
            QuarantineConfig config,
            PluginCatalog catalog,
            QuarantineTurns turns,
            PlatformOutages outages,
            Clock clock) {
        return new Quarantine(config.terms(), catalog, turns, outages, clock);
    }

    @Produces
    @Singleton
    @Typed(PlatformOutages.class)
    PlatformOutages platformOutages(Clock clock) {
        return new PlatformOutages(clock);
    }

    @Produces
    @Singleton
    LoadTerms loadTerms(LoadConfig config) {
        return config.terms();
    }

    @Produces
    @Singleton
    LoadGuard loadGuard(LoadAttempts attempts, LoadTerms terms) {
        return new LoadGuard(attempts, terms);
    }

    void stop(@Observes ShutdownEvent event, LoadGuard loads) {
        loads.stop();
    }

    @Produces
    @Singleton
    QuarantineTurns quarantineTurns(PluginStore store, PluginCatalog catalog, QuarantineMetrics metrics, Clock clock) {
        return new QuarantineTurns(store, catalog, metrics, clock);
    }

    @Produces
    @Singleton
    HistoryWriter historyWriter(CallHistory history, HistoryStore store) {
        return new HistoryWriter(history, store);
    }

    @Produces
    @Singleton
    SourceInstaller sourceInstaller(SourcesConfig sources, SourceHttp http, OperationStore operations) {
        SourceTerms terms = sources.terms();
        return new SourceInstaller(new PackageFetch(terms, http), operations, terms.parallel(), OperationPace.USUAL);
    }

    void close(@Disposes SourceInstaller installer) {
        installer.close();
    }

    @Produces
    @Singleton
    WebhookSender webhooks(WebhookOutbox outbox, OutboundHttp network, SecretCipher cipher, Clock clock) {
        return new WebhookSender(outbox, network, cipher, clock);
    }

    void deliver(@Observes StartupEvent event, WebhookConfig config, WebhookSender webhooks) {
        if (config.deliver()) {
            webhooks.start();
        }
    }

    void stop(@Observes ShutdownEvent event, WebhookSender webhooks) {
        webhooks.stop();
    }

    /** Guests have ended by now, or are no longer waited for. */
    void stop(@Observes @Priority(AFTER_ALL) ShutdownEvent event, HistoryWriter history) {
        history.stop();
    }
}
