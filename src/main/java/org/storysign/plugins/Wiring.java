package org.storysign.plugins;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.storysign.plugins.abi.ExtismKernel;
import org.storysign.plugins.cluster.CatalogFollower;
import org.storysign.plugins.platform.AnalyticsLog;
import org.storysign.plugins.platform.ContentLibrary;
import org.storysign.plugins.platform.KeyValueStore;
import org.storysign.plugins.platform.Notifications;
import org.storysign.plugins.platform.OutboundHttp;
import org.storysign.plugins.platform.PlatformGate;
import org.storysign.plugins.platform.PlatformServices;
import org.storysign.plugins.platform.Toasts;
import org.storysign.plugins.platform.UserDirectory;
import org.storysign.plugins.platform.http.GuardedHttp;
import org.storysign.plugins.sandbox.Engine;
import org.storysign.plugins.sandbox.Sandbox;
import org.storysign.plugins.sandbox.SandboxConfig;
import org.storysign.plugins.sandbox.chicory.ChicoryEngine;

/** The composition root: makes what the plain rooms offer into beans. It alone sees every room. */
final class Wiring {

    private static final System.Logger LOG = System.getLogger(Wiring.class.getName());

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    Engine engine() {
        return new ChicoryEngine();
    }

    void close(@Disposes Engine engine) {
        engine.close();
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
            KeyValueStore storage,
            UserDirectory users,
            ContentLibrary content,
            AnalyticsLog analytics,
            Notifications notifications,
            Toasts toasts) {
        return new PlatformGate(
                new PlatformServices(storage, users, content, analytics, notifications, toasts).functions());
    }

    /** What plugins may reach of the network. */
    @Produces
    @Singleton
    OutboundHttp outboundHttp() {
        return new GuardedHttp();
    }

    /** The service starts while its catalogue is loaded; readiness waits for that. */
    void start(@Observes StartupEvent event, CatalogFollower follower) {
        follower.start()
                .subscribe()
                .with(
                        loaded -> {},
                        failure -> LOG.log(
                                System.Logger.Level.WARNING, "catalogue is not loaded yet; trying again", failure));
    }
}
