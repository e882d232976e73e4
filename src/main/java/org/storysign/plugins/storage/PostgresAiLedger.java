package org.storysign.plugins.storage;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.storysign.plugins.platform.AiLedger;

/** Budgets of text models in PostgreSQL: one statement, one transaction for each step. */
@Singleton
public final class PostgresAiLedger implements AiLedger {

    private final Pool pool;

    @Inject
    PostgresAiLedger(Pool pool) {
        this.pool = pool;
    }

    @Override
    public boolean reserve(Account account, Amount amount, Amount most, Duration timeout) {
        Tuple arguments = of(account)
                .addLong(amount.tokens())
                .addLong(amount.micros())
                .addLong(most.tokens())
                .addLong(most.micros());
        return ask("SELECT ai_reserve($1, $2, $3, $4, $5, $6, $7)", arguments, timeout)
                .getBoolean(0);
    }

    @Override
    public void settle(Account account, Amount reserved, Amount used, Duration timeout) {
        Tuple arguments =
                of(account).addLong(used.tokens() - reserved.tokens()).addLong(used.micros() - reserved.micros());
        ask("SELECT 1 FROM ai_settle($1, $2, $3, $4, $5)", arguments, timeout);
    }

    private Row ask(String function, Tuple arguments, Duration timeout) {
        try {
            return pool.preparedQuery(function)
                    .execute(arguments)
                    .await()
                    .atMost(timeout)
                    .iterator()
                    .next();
        } catch (RuntimeException e) {
            throw DatabaseFaults.translate(e);
        }
    }

    private static Tuple of(Account account) {
        return Tuple.tuple()
                .addString(account.tenant().value())
                .addString(account.plugin().value())
                .addLocalDate(account.day());
    }
}
