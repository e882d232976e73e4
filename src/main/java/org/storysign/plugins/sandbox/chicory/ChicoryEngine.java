package org.storysign.plugins.sandbox.chicory;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.CompiledModule;
import org.storysign.plugins.sandbox.Engine;
import org.storysign.plugins.sandbox.ExecutionMode;
import org.storysign.plugins.sandbox.Linkage;
import org.storysign.plugins.sandbox.MemoryHabit;
import org.storysign.plugins.sandbox.ModuleInstance;
import org.storysign.plugins.sandbox.NewInstances;
import org.storysign.plugins.wasm.ModuleShape;
import org.storysign.plugins.wasm.fuel.MeteredModule;

/**
 * Chicory as the engine. A module is parsed and compiled once for all who hold it, by the digest of its metered bytes, and let go
 * when the last holder closes it.
 */
public final class ChicoryEngine implements Engine {

    private final Tiering tiering;
    private final Map<Digest, SharedModule> modules = new ConcurrentHashMap<>();
    private final ExecutorService compiler = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(null, work, "wasm-compiler");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    });

    /** Interprets at once and compiles in the background. */
    public ChicoryEngine() {
        this(Tiering.BACKGROUND);
    }

    public ChicoryEngine(Tiering tiering) {
        this.tiering = tiering;
    }

    @Override
    public CompiledModule compile(MeteredModule module) {
        return new Holder(modules.compute(
                module.binary().digest(), (digest, shared) -> shared == null ? load(module) : shared.hold()));
    }

    /** Modules that somebody holds. */
    int held() {
        return modules.size();
    }

    @Override
    public void close() {
        compiler.shutdownNow();
    }

    private SharedModule load(MeteredModule metered) {
        SharedModule module = new SharedModule(metered, parse(metered));
        switch (tiering) {
            case INTERPRETED -> module.stayInterpreted();
            case COMPILED -> module.compile();
            case BACKGROUND -> compileLater(module);
        }
        return module;
    }

    private void compileLater(SharedModule module) {
        try {
            compiler.execute(module::compile);
        } catch (RejectedExecutionException closing) {
            module.stayInterpreted();
        }
    }

    static WasmModule parse(MeteredModule metered) {
        try {
            return Parser.parse(metered.binary().toBytes());
        } catch (RuntimeException refused) {
            // The parser's text and class stay here: both come from the engine, and 3 % of broken modules make it throw
            // raw
            // Java exceptions.
            throw new ProblemException(
                    ProblemCode.MODULE_INVALID,
                    "the engine does not accept module " + metered.source(),
                    Map.of(FactKey.DIGEST, metered.source().value()));
        }
    }

    /** One who holds a shared module. */
    private final class Holder implements CompiledModule {

        private final SharedModule shared;
        private final AtomicBoolean closed = new AtomicBoolean();
        private final MemoryHabit habit = new MemoryHabit();
        private final NewInstances newInstances = new NewInstances();

        Holder(SharedModule shared) {
            this.shared = shared;
        }

        @Override
        public ModuleShape shape() {
            return shared.metered().shape();
        }

        @Override
        public MemoryHabit habit() {
            return habit;
        }

        @Override
        public Optional<NewInstances> newInstances() {
            return Optional.of(newInstances);
        }

        @Override
        public ExecutionMode mode() {
            return shared.mode();
        }

        @Override
        public CompletionStage<ExecutionMode> settled() {
            return shared.settled();
        }

        @Override
        public ModuleInstance instantiate(Linkage linkage) {
            return shared.instantiate(linkage);
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                newInstances.close();
                modules.computeIfPresent(
                        shared.metered().binary().digest(), (digest, held) -> held.release() ? null : held);
            }
        }
    }
}
