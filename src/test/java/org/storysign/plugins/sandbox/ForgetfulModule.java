package org.storysign.plugins.sandbox;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.storysign.plugins.wasm.ModuleShape;

/** A module whose instances say they were made as new and are not: what tests of that must notice. */
record ForgetfulModule(CompiledModule module) implements CompiledModule {

    private record Forgetful(ModuleInstance instance, MemoryBudget budget) implements ModuleInstance {

        @Override
        public long[] invoke(String export, long... arguments) {
            return instance.invoke(export, arguments);
        }

        @Override
        public void serve(GuestCall next) {
            instance.serve(next);
        }

        @Override
        public boolean rewind() {
            budget.startOver(instance.memory().size());
            return true;
        }

        @Override
        public void begin(GuestCall next) {
            serve(next);
        }

        @Override
        public GuestMemory memory() {
            return instance.memory();
        }
    }

    @Override
    public ModuleInstance instantiate(Linkage linkage) {
        return new Forgetful(module.instantiate(linkage), linkage.budget());
    }

    @Override
    public Optional<NewInstances> newInstances() {
        return module.newInstances();
    }

    @Override
    public ModuleShape shape() {
        return module.shape();
    }

    @Override
    public MemoryHabit habit() {
        return module.habit();
    }

    @Override
    public ExecutionMode mode() {
        return module.mode();
    }

    @Override
    public CompletionStage<ExecutionMode> settled() {
        return module.settled();
    }

    @Override
    public void close() {
        module.close();
    }
}
