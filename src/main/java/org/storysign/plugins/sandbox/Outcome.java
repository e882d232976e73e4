package org.storysign.plugins.sandbox;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What became of some work: kept, so that a submission can leave before its caller hears of it. */
record Outcome<T>(@Nullable T value, @Nullable Throwable failure) {

    static <T> Outcome<T> of(Callable<T> work) {
        try {
            return new Outcome<>(work.call(), null);
        } catch (Throwable e) {
            return new Outcome<>(null, e);
        }
    }

    @SuppressWarnings("NullAway") // a Callable<T> may give null where its T allows it
    void complete(CompletableFuture<T> future) {
        if (failure == null) {
            future.complete(value);
        } else {
            future.completeExceptionally(failure);
        }
    }
}
