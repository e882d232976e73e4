package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Work on other threads than the event loop's; what follows goes on where the caller was. */
final class Workers {

    private Workers() {}

    /** Work that needs processor time, on the worker pool. */
    static <T> Uni<T> supply(Supplier<T> work) {
        return backToCaller(() -> Uni.createFrom().item(work).runSubscriptionOn(Infrastructure.getDefaultWorkerPool()));
    }

    /** Work that runs elsewhere. */
    static <T> Uni<T> stage(Supplier<CompletionStage<T>> work) {
        return backToCaller(() -> Uni.createFrom().completionStage(work));
    }

    private static <T> Uni<T> backToCaller(Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            Context caller = Vertx.currentContext();
            Uni<T> done = work.get();
            return caller == null ? done : done.emitOn(next -> caller.runOnContext(ignored -> next.run()));
        });
    }
}
