package org.storysign.plugins.sandbox;

import java.util.List;

/** What became of a call. */
public sealed interface CallResult {

    Usage usage();

    /** What the guest logged, cut at its limit with a marker line. */
    List<LogLine> log();

    /** The export ended without an error. */
    record Returned(byte[] output, Usage usage, List<LogLine> log) implements CallResult {
        public Returned {
            output = output.clone();
            log = List.copyOf(log);
        }

        /** A copy. */
        @Override
        public byte[] output() {
            return output.clone();
        }
    }

    /**
     * The guest was stopped, or said that it failed.
     *
     * @param stack where it was stopped
     */
    record Trapped(Trap trap, GuestStack stack, Usage usage, List<LogLine> log) implements CallResult {
        public Trapped {
            log = List.copyOf(log);
        }

        /** The trap's sentence, with the function it happened in when that is known. */
        public String message() {
            return trap.message() + stack.where();
        }
    }
}
