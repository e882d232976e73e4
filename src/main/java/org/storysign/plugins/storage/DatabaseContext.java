package org.storysign.plugins.storage;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A Vert.x context for each transaction. A Hibernate session belongs to the context it was opened in; callers come from event
 * loops, worker threads and tests, so none of theirs is used. The answer is given back on the caller's context, if it has one.
 * What was begun is brought to its end even when the caller no longer waits.
 */
@Singleton
final class DatabaseContext {

    private final VertxInternal vertx;

    @Inject
    DatabaseContext(Vertx vertx) {
        this.vertx = (VertxInternal) vertx;
    }

    <T> Uni<T> run(Supplier<Uni<T>> work) {
        return Uni.createFrom().emitter(emitter -> {
            Context caller = Vertx.currentContext();
            Context own =
                    Objects.requireNonNull(VertxContext.createNewDuplicatedContext(vertx.createEventLoopContext()));
            VertxContextSafetyToggle.setContextSafe(own, true);
            own.runOnContext(nothing -> start(work, new Answer<>(emitter, caller)));
        });
    }

    private static <T> void start(Supplier<Uni<T>> work, Answer<T> answer) {
        Uni.createFrom().<T>deferred(() -> work.get()).subscribe().with(answer::complete, answer::fail);
    }

    private record Answer<T>(
            UniEmitter<? super T> emitter, @Nullable Context caller) {
        void complete(T item) {
            give(() -> emitter.complete(item));
        }

        void fail(Throwable failure) {
            give(() -> emitter.fail(failure));
        }

        private void give(Runnable handOver) {
            if (caller == null) {
                handOver.run();
            } else {
                caller.runOnContext(nothing -> handOver.run());
            }
        }
    }
}
