package org.storysign.plugins.storage;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.LoadAttempts;
import org.storysign.plugins.plugin.LoadTerms;

/** Notes of loads in PostgreSQL, by its clock: one statement, one transaction for each step. */
@Singleton
public final class PostgresLoadAttempts implements LoadAttempts {

    private static final UUID NOBODY = new UUID(0, 0);

    private final RecordCalls calls;

    @Inject
    PostgresLoadAttempts(RecordCalls calls) {
        this.calls = calls;
    }

    @Override
    public Uni<Integer> begin(Attempt attempt, LoadTerms terms) {
        Tuple arguments = of(attempt)
                .addLong(terms.deadAfter().toMillis())
                .addLong(terms.forgottenAfter().toMillis())
                .addInteger(terms.mostDeaths());
        return calls.ask("SELECT load_begin($1, $2, $3, $4, $5, $6)", arguments)
                .map(List::getFirst)
                .map(row -> row.getInteger(0));
    }

    @Override
    public Uni<Void> renew(Attempt attempt) {
        return calls.ask("SELECT 1 FROM load_renew($1, $2, $3)", of(attempt)).replaceWithVoid();
    }

    @Override
    public Uni<Void> end(Attempt attempt, LoadTerms terms) {
        return takeAway(attempt, terms.deadAfter().toMillis());
    }

    @Override
    public Uni<Void> giveUp(Attempt attempt) {
        return takeAway(attempt, null);
    }

    @Override
    public Uni<Void> forget(TenantId tenant, Digest module) {
        return takeAway(new Attempt(tenant, module, NOBODY), 0L);
    }

    private Uni<Void> takeAway(Attempt attempt, @Nullable Long deadAfterMillis) {
        return calls.ask("SELECT 1 FROM load_end($1, $2, $3, $4)", of(attempt).addLong(deadAfterMillis))
                .replaceWithVoid();
    }

    private static Tuple of(Attempt attempt) {
        return Tuple.tuple()
                .addString(attempt.tenant().value())
                .addString(attempt.module().value())
                .addUUID(attempt.process());
    }
}
