package org.storysign.plugins;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.storysign.plugins.abi.ExtismKernel;
import org.storysign.plugins.platform.KeyValueStore;
import org.storysign.plugins.platform.PlatformGate;
import org.storysign.plugins.platform.StorageFunctions;
import org.storysign.plugins.sandbox.Engine;
import org.storysign.plugins.sandbox.Sandbox;
import org.storysign.plugins.sandbox.SandboxConfig;
import org.storysign.plugins.sandbox.chicory.ChicoryEngine;

/** The composition root: makes what the plain rooms offer into beans. It alone sees every room. */
final class Wiring {

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
    PlatformGate gate(KeyValueStore store) {
        return new PlatformGate(new StorageFunctions(store).all());
    }
}
