package org.storysign.plugins.rest.http;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** The memory that bodies of all requests at hand may take together. Safe for concurrent use. */
@ApplicationScoped
public class BodyBudget {

    /** Four of the largest uploads at once. */
    public static final MemorySize LARGEST = MemorySize.ofMiB(64);

    private final AtomicLong taken = new AtomicLong();

    /** Takes the bytes, or fails with {@code overloaded}. */
    void take(int bytes) {
        if (taken.addAndGet(bytes) > LARGEST.bytes()) {
            taken.addAndGet(-bytes);
            throw new ProblemException(
                    ProblemCode.OVERLOADED,
                    "The bodies of other requests fill the memory for bodies, " + LARGEST + ".",
                    Map.of(FactKey.RETRY_AFTER, 1));
        }
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    long taken() {
        return taken.get();
    }
}
