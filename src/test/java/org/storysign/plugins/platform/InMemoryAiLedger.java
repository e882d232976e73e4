package org.storysign.plugins.platform;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Budgets of processes that share this object. */
final class InMemoryAiLedger implements AiLedger {

    private static final Amount NOTHING = new Amount(0, 0);

    private final Map<Account, Amount> used = new HashMap<>();

    @Override
    public synchronized boolean reserve(Account account, Amount amount, Amount most, Duration timeout) {
        Amount before = used(account);
        boolean fits = amount.tokens() <= most.tokens() - before.tokens()
                && amount.micros() <= most.micros() - before.micros();
        if (fits) {
            used.put(account, new Amount(before.tokens() + amount.tokens(), before.micros() + amount.micros()));
        }
        return fits;
    }

    @Override
    public synchronized void settle(Account account, Amount reserved, Amount really, Duration timeout) {
        Amount before = used(account);
        used.put(
                account,
                new Amount(
                        before.tokens() + really.tokens() - reserved.tokens(),
                        before.micros() + really.micros() - reserved.micros()));
    }

    synchronized Amount used(Account account) {
        return used.getOrDefault(account, NOTHING);
    }
}
