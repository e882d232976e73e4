package org.storysign.plugins.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Several threads that begin at the same moment. */
final class Threads {

    private static final ThreadLocal<Integer> NUMBER = ThreadLocal.withInitial(() -> -1);

    private Threads() {}

    /** The number of the present thread, from 0. */
    static int number() {
        return NUMBER.get();
    }

    static <T> List<T> together(int count, Callable<T> work) throws Exception {
        CountDownLatch start = new CountDownLatch(count);
        try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
            List<Future<T>> running = new ArrayList<>();
            for (int index = 0; index < count; index++) {
                int number = index;
                running.add(threads.submit(() -> {
                    NUMBER.set(number);
                    start.countDown();
                    start.await();
                    return work.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> each : running) {
                results.add(each.get(2, TimeUnit.MINUTES));
            }
            return results;
        }
    }
}
