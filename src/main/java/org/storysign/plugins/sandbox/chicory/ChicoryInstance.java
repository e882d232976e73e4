package org.storysign.plugins.sandbox.chicory;

import com.dylibso.chicory.runtime.Instance;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.sandbox.GuestCall;
import org.storysign.plugins.sandbox.GuestMemory;
import org.storysign.plugins.sandbox.ModuleInstance;
import org.storysign.plugins.wasm.FunctionType;
import org.storysign.plugins.wasm.ModuleShape;

/** One running copy in Chicory. */
final class ChicoryInstance implements ModuleInstance {

    private static final long[] NOTHING = {};

    private final Instance instance;
    private final ModuleShape shape;
    private final GuestMemory memory;
    private final InstanceParts parts;
    private final @Nullable Snapshot snapshot;

    /** @param snapshot to become new again from; null when that cannot be */
    ChicoryInstance(Instance instance, ModuleShape shape, InstanceParts parts, @Nullable Snapshot snapshot) {
        this.instance = instance;
        this.shape = shape;
        this.memory = parts.guestMemory();
        this.parts = parts;
        this.snapshot = snapshot;
    }

    @Override
    public long[] invoke(String export, long... arguments) {
        FunctionType type = shape.exports().get(export);
        if (type == null || type.params().size() != arguments.length) {
            throw new IllegalArgumentException("no export of that name takes " + arguments.length + " arguments");
        }
        return EngineTraps.named(parts.call(), parts.trace(), () -> {
            long[] results = instance.export(export).apply(arguments);
            return results == null ? NOTHING : results;
        });
    }

    @Override
    public void serve(GuestCall next) {
        parts.serve(next);
    }

    @Override
    public boolean rewind() {
        return snapshot != null && parts.rewind(instance, snapshot);
    }

    @Override
    public void begin(GuestCall next) {
        parts.begin(next);
    }

    @Override
    public GuestMemory memory() {
        return memory;
    }
}
