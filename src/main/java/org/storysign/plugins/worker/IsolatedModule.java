package org.storysign.plugins.worker;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.storysign.plugins.sandbox.CallRequest;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.CompiledModule;
import org.storysign.plugins.sandbox.ExecutionMode;
import org.storysign.plugins.sandbox.Linkage;
import org.storysign.plugins.sandbox.MemoryHabit;
import org.storysign.plugins.sandbox.ModuleInstance;
import org.storysign.plugins.sandbox.Placement;
import org.storysign.plugins.sandbox.RemoteCalls;
import org.storysign.plugins.wasm.ModuleShape;

/** A module that only workers run. Its calls are those of one plugin of one tenant. */
final class IsolatedModule implements CompiledModule, RemoteCalls {

    private final ModuleShape shape;
    private final Placement placement;
    private final WorkerPool workers;
    private final MemoryHabit habit = new MemoryHabit();
    private final AtomicBoolean closed = new AtomicBoolean();

    IsolatedModule(ModuleShape shape, Placement placement, WorkerPool workers) {
        this.shape = shape;
        this.placement = placement;
        this.workers = workers;
        workers.open(placement);
    }

    @Override
    public ModuleShape shape() {
        return shape;
    }

    @Override
    public MemoryHabit habit() {
        return habit;
    }

    @Override
    public ExecutionMode mode() {
        return ExecutionMode.COMPILED;
    }

    @Override
    public CompletionStage<ExecutionMode> settled() {
        return CompletableFuture.completedStage(ExecutionMode.COMPILED);
    }

    @Override
    public ModuleInstance instantiate(Linkage linkage) {
        throw new IllegalStateException("the module runs in workers only");
    }

    @Override
    public Optional<RemoteCalls> elsewhere() {
        return Optional.of(this);
    }

    @Override
    public CallResult call(CallRequest request) {
        requireOwn(request);
        return workers.call(placement, request, false);
    }

    @Override
    public CallResult trial(CallRequest request) {
        requireOwn(request);
        return workers.call(placement, request, true);
    }

    /** A worker never sees two plugins or tenants, whatever a caller mixes up. */
    private void requireOwn(CallRequest request) {
        if (!request.context().tenant().equals(placement.tenant())
                || !request.context().plugin().equals(placement.plugin())) {
            throw new IllegalArgumentException("the workers of a plugin serve that plugin of that tenant alone");
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            workers.close(placement);
        }
    }
}
