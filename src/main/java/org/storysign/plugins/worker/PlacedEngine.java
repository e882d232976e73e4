package org.storysign.plugins.worker;

import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.sandbox.CompiledModule;
import org.storysign.plugins.sandbox.Engine;
import org.storysign.plugins.sandbox.Placement;
import org.storysign.plugins.wasm.fuel.MeteredModule;

/** Runs modules of level isolated in workers, where this process's engine never sees them, and all others here. */
public final class PlacedEngine implements Engine {

    private final Engine here;
    private final WorkerPool workers;

    public PlacedEngine(Engine here, WorkerPool workers) {
        this.here = here;
        this.workers = workers;
    }

    @Override
    public CompiledModule compile(MeteredModule module) {
        return here.compile(module);
    }

    @Override
    public CompiledModule compile(MeteredModule module, Placement placement) {
        requireAvailable(placement.level());
        return placement.level() == SecurityLevel.ISOLATED
                ? new IsolatedModule(module.shape(), placement, workers)
                : here.compile(module, placement);
    }

    @Override
    public void requireAvailable(SecurityLevel level) {
        if (!workers.isOffered()) {
            here.requireAvailable(level);
        }
    }

    @Override
    public void close() {
        here.close();
        workers.close();
    }
}
