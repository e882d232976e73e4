package org.storysign.plugins.platform;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Counts calls of services before they are served, and keeps as many waiting as there is room for. Safe for concurrent use. */
final class Turnstile {

    private final GateKeeping keeping;
    private final DailyQuotas quotas;
    private final Bulkheads bulkheads;

    Turnstile(GateKeeping keeping) {
        this.keeping = keeping;
        this.quotas = new DailyQuotas(keeping.ledger(), keeping.clock());
        this.bulkheads = new Bulkheads(keeping.terms());
    }

    Duration longestWait(PlatformService service) {
        return keeping.of(service).longestWait();
    }

    /** Lets one more call of a guest's call through; fails with {@code quota-exceeded}. */
    void countInCall(PlatformService service, int calls) {
        int most = keeping.of(service).callsACall();
        if (calls > most) {
            throw exceeded("one call may call service `" + service.publicName() + "` " + most + " times", most);
        }
    }

    /**
     * Lets one more call of the day through; fails with {@code quota-exceeded}, or as the ledger does.
     *
     * @param waiting how to wait when the ledger must be asked
     */
    void countInDay(PlatformTerms terms, PlatformService service, Waiting waiting) {
        long most = keeping.of(service).callsADay();
        if (quotas.takeOne(terms.tenant(), terms.plugin(), service)) {
            return;
        }
        if (quotas.isUsedUp(terms.tenant(), terms.plugin(), service)
                || !waiting.until(left -> quotas.fetchOne(terms.tenant(), terms.plugin(), service, most, left))) {
            throw exceeded("the plugin may call service `" + service.publicName() + "` " + most + " times a day", most);
        }
    }

    /** Waits for the service where there is room; fails with {@code service-busy} when there is none in time. */
    <T> T pass(PlatformService service, Duration patience, Callable<T> work) throws Exception {
        return bulkheads.pass(service, patience, work);
    }

    /** A way to wait for an answer, which is told how long it may take. */
    interface Waiting {

        boolean until(Question question);
    }

    /** What is waited for. */
    interface Question {

        boolean ask(Duration timeout);
    }

    private static ProblemException exceeded(String detail, long limit) {
        return new ProblemException(ProblemCode.QUOTA_EXCEEDED, detail, Map.of(FactKey.LIMIT, limit));
    }
}
