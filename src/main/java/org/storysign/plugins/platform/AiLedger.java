package org.storysign.plugins.platform;

import java.time.Duration;
import java.time.LocalDate;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;

/**
 * Port: what plugins have used of text models, over all processes. Blocking. Fails with {@code ProblemException}
 * {@code database-unavailable}.
 */
public interface AiLedger {

    /** Counts nothing and gives what is asked: for the author's own machine. */
    AiLedger UNLIMITED = new AiLedger() {
        @Override
        public boolean reserve(Account account, Amount amount, Amount most, Duration timeout) {
            return true;
        }

        @Override
        public void settle(Account account, Amount reserved, Amount used, Duration timeout) {
            // nothing was counted
        }
    };

    /** Adds {@code amount} when the account stays within {@code most} with it; else changes nothing and answers false. */
    boolean reserve(Account account, Amount amount, Amount most, Duration timeout);

    /** Puts {@code used} in the place of what was reserved. */
    void settle(Account account, Amount reserved, Amount used, Duration timeout);

    /** One plugin's day of UTC. */
    record Account(TenantId tenant, PluginId plugin, LocalDate day) {}

    /** Tokens, and what they cost in millionths of the operator's currency. */
    record Amount(long tokens, long micros) {}
}
