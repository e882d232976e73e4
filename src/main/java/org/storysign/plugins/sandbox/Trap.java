package org.storysign.plugins.sandbox;

import java.time.Duration;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.problem.ProblemCode;

/**
 * Why a guest was stopped. A value, not an exception: whoever gets one must say what it means for them. Messages quote guest
 * text and never name classes of this service.
 */
public sealed interface Trap {

    /** What a client is told. */
    ProblemCode code();

    /** One sentence: what, which, found, expected. */
    String message();

    record OutOfFuel(Fuel limit) implements Trap {
        @Override
        public ProblemCode code() {
            return ProblemCode.FUEL_EXHAUSTED;
        }

        @Override
        public String message() {
            return "used up its fuel of " + limit.units() + " units";
        }
    }

    record RunTimeExceeded(Duration limit) implements Trap {
        @Override
        public ProblemCode code() {
            return ProblemCode.RUN_TIME_EXCEEDED;
        }

        @Override
        public String message() {
            return "ran longer than its " + limit.toMillis() + " ms";
        }
    }

    record WaitTimeExceeded(Duration limit) implements Trap {
        @Override
        public ProblemCode code() {
            return ProblemCode.WAIT_TIME_EXCEEDED;
        }

        @Override
        public String message() {
            return "its host calls waited longer than its " + limit.toMillis() + " ms";
        }
    }

    /** Memory, kernel memory and vars together reached their limit. */
    record MemoryExhausted(MemorySize limit) implements Trap {
        @Override
        public ProblemCode code() {
            return ProblemCode.MEMORY_EXHAUSTED;
        }

        @Override
        public String message() {
            return "used up its memory of " + limit;
        }
    }

    record StackExhausted(int limit) implements Trap {
        @Override
        public ProblemCode code() {
            return ProblemCode.STACK_EXHAUSTED;
        }

        @Override
        public String message() {
            return "its calls went deeper than " + limit;
        }
    }

    record OutOfBoundsMemory(String where) implements Trap {
        @Override
        public ProblemCode code() {
            return ProblemCode.MEMORY_OUT_OF_BOUNDS;
        }

        @Override
        public String message() {
            return "reached outside its memory" + where;
        }
    }

    record OutOfBoundsTable(String where) implements Trap {
        @Override
        public ProblemCode code() {
            return ProblemCode.TABLE_OUT_OF_BOUNDS;
        }

        @Override
        public String message() {
            return "reached outside a table" + where;
        }
    }

    record Unreachable(String where) implements Trap {
        @Override
        public ProblemCode code() {
            return ProblemCode.UNREACHABLE;
        }

        @Override
        public String message() {
            return "aborted (unreachable)" + where;
        }
    }

    record ArithmeticFault(String what) implements Trap {
        @Override
        public ProblemCode code() {
            return ProblemCode.ARITHMETIC_FAULT;
        }

        @Override
        public String message() {
            return what;
        }
    }

    record IndirectCallMismatch(String where) implements Trap {
        @Override
        public ProblemCode code() {
            return ProblemCode.INDIRECT_CALL_MISMATCH;
        }

        @Override
        public String message() {
            return "called a function through a table by the wrong type or where there is none" + where;
        }
    }

    record HostCallsExhausted(int limit) implements Trap {
        @Override
        public ProblemCode code() {
            return ProblemCode.HOST_CALLS_EXHAUSTED;
        }

        @Override
        public String message() {
            return "made more than its " + limit + " host calls";
        }
    }

    record HttpDenied(String reason) implements Trap {
        @Override
        public ProblemCode code() {
            return ProblemCode.HTTP_DENIED;
        }

        @Override
        public String message() {
            return reason;
        }
    }

    record HttpFailed(String reason) implements Trap {
        @Override
        public ProblemCode code() {
            return ProblemCode.HTTP_FAILED;
        }

        @Override
        public String message() {
            return reason;
        }
    }

    record OutputTooLarge(MemorySize found, MemorySize limit) implements Trap {
        @Override
        public ProblemCode code() {
            return ProblemCode.OUTPUT_TOO_LARGE;
        }

        @Override
        public String message() {
            return "gave " + found + " of output, expected at most " + limit;
        }
    }

    /**
     * The plugin said itself that it failed.
     *
     * @param status what its export returned, or its exit code
     * @param text the error it set, quoted and cut; empty when it set none
     */
    record PluginError(int status, String text) implements Trap {
        @Override
        public ProblemCode code() {
            return ProblemCode.PLUGIN_ERROR;
        }

        @Override
        public String message() {
            return text.isEmpty() ? "returned " + status : "returned " + status + " and said " + text;
        }
    }

    record Cancelled(String reason) implements Trap {
        @Override
        public ProblemCode code() {
            return ProblemCode.CALL_CANCELLED;
        }

        @Override
        public String message() {
            return "was cancelled: " + reason;
        }
    }

    /** The engine itself failed; never the guest's fault, always logged with its cause. */
    record EngineFault() implements Trap {
        @Override
        public ProblemCode code() {
            return ProblemCode.ENGINE_FAULT;
        }

        @Override
        public String message() {
            return "the engine failed while it ran the plugin";
        }
    }
}
