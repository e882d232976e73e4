package org.storysign.plugins.platform;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.FileRefused;
import org.storysign.plugins.sandbox.TrapException;

/**
 * The way through the gate for what guests reach by the calling convention or WASI, and not by a function of blocks of JSON. Safe for
 * concurrent use.
 *
 * @param function as metrics and the audit trail name it
 */
record Passage(
        PlatformTerms terms, PlatformService service, String function, Turnstile turnstile, GateListener listener) {

    /** What is asked behind the gate, within a time. */
    interface Question<T> {
        T ask(Duration timeLeft);
    }

    /** Does something and tells the listener how it ended. What it throws is unchecked. */
    <T> T told(Callable<T> work) {
        long begun = System.nanoTime();
        Optional<ProblemCode> refused = Optional.empty();
        try {
            return work.call();
        } catch (ProblemException refusal) {
            refused = Optional.of(refusal.code());
            throw refusal;
        } catch (TrapException stopped) {
            refused = Optional.of(stopped.trap().code());
            throw stopped;
        } catch (FileRefused answer) {
            // That there is no such file is an answer, and no fault.
            throw answer;
        } catch (RuntimeException failure) {
            refused = Optional.of(ProblemCode.INTERNAL_ERROR);
            throw failure;
        } catch (Exception fault) {
            throw new IllegalStateException("what stands behind the gate failed with a checked exception", fault);
        } finally {
            listener.answered(new GateAnswer(
                    terms.tenant(),
                    terms.plugin(),
                    service,
                    function,
                    refused,
                    Duration.ofNanos(System.nanoTime() - begun)));
        }
    }

    /** Refuses one call of a guest's call too many, with {@code quota-exceeded}. */
    void countInCall(int calls) {
        turnstile.countInCall(service, calls);
    }

    /**
     * Counts one more in the day and asks once there is room, within the service's longest wait. Fails with {@code quota-exceeded} or
     * {@code service-busy}, or as the question does.
     */
    <T> T pass(Duration timeLeft, Question<T> question) throws Exception {
        Duration longest = turnstile.longestWait(service);
        Duration whole = timeLeft.compareTo(longest) <= 0 ? timeLeft : longest;
        long end = System.nanoTime() + whole.toNanos();
        turnstile.countInDay(terms, service, day -> day.ask(until(end)));
        return turnstile.pass(service, until(end), () -> question.ask(until(end)));
    }

    private static Duration until(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }
}
