package org.storysign.plugins.platform;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Room for so many waiting calls a service: a slow service holds up those who call it, and nobody else. Safe for concurrent use. */
final class Bulkheads {

    private final Map<PlatformService, Semaphore> rooms = new EnumMap<>(PlatformService.class);

    Bulkheads(Map<PlatformService, ServiceTerms> terms) {
        terms.forEach((service, its) -> rooms.put(service, new Semaphore(its.atOnce(), true)));
    }

    /** Runs {@code work} when there is room within {@code patience}; fails with {@code service-busy}. */
    <T> T pass(PlatformService service, Duration patience, Callable<T> work) throws Exception {
        Semaphore room = rooms.get(service);
        if (room == null) {
            throw new IllegalStateException("no terms for service " + service);
        }
        if (!room.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new ProblemException(
                    ProblemCode.SERVICE_BUSY,
                    "service `" + service.publicName() + "` serves as many calls as it may; try again later");
        }
        try {
            return work.call();
        } finally {
            room.release();
        }
    }
}
