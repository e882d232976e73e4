package org.storysign.plugins.platform;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * Each plugin's budget of tokens and money for a day. The most that a prompt can come to is taken before the model is asked, and
 * the rest given back when it says what it used, so that the budget is never passed, whatever happens in between. What was taken
 * for an answer that got lost stays taken.
 */
public final class TextBudget {

    /** No token is shorter than a byte; beside its content a message takes a few for its role. */
    private static final int TOKENS_AROUND_A_MESSAGE = 16;

    private final AiLedger ledger;
    private final AiTerms terms;
    private final Clock clock;

    public TextBudget(AiLedger ledger, AiTerms terms, Clock clock) {
        this.ledger = ledger;
        this.terms = terms;
        this.clock = clock;
    }

    int largestAnswer() {
        return terms.largestAnswer();
    }

    /** Takes the most that the prompt can come to; fails with {@code quota-exceeded} when there is not so much left. */
    Paid pay(PlatformCall call, AiService.Prompt prompt) {
        long input = prompt.messages().stream()
                .mapToLong(
                        message -> TOKENS_AROUND_A_MESSAGE + message.content().getBytes(StandardCharsets.UTF_8).length)
                .sum();
        Paid paid = new Paid(
                new AiLedger.Account(
                        call.context().tenant(),
                        call.context().plugin(),
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)),
                input,
                prompt.mostTokens());
        if (!call.waiting(() -> ledger.reserve(paid.account, paid.reserved(), terms.most(), call.timeLeft()))) {
            throw new ProblemException(
                    ProblemCode.QUOTA_EXCEEDED,
                    "the prompt may come to " + paid.reserved().tokens()
                            + " tokens, more than is left of the plugin's budget of this day",
                    Map.of(FactKey.LIMIT, terms.most().tokens()));
        }
        return paid;
    }

    /** What was taken for one prompt. */
    final class Paid {

        private final AiLedger.Account account;
        private final long input;
        private final long output;

        private Paid(AiLedger.Account account, long input, long output) {
            this.account = account;
            this.input = input;
            this.output = output;
        }

        private AiLedger.Amount reserved() {
            return terms.amount(input, output);
        }

        /** Keeps what the model used, or what it could have used where it does not say. */
        AiLedger.Amount settle(PlatformCall call, AiService.Tokens tokens) {
            return settle(
                    call,
                    terms.amount(tokens.input().orElse(input), tokens.output().orElse(output)));
        }

        void giveBack(PlatformCall call) {
            settle(call, terms.amount(0, 0));
        }

        private AiLedger.Amount settle(PlatformCall call, AiLedger.Amount used) {
            if (!used.equals(reserved())) {
                call.waiting(() -> {
                    ledger.settle(account, reserved(), used, call.timeLeft());
                    return used;
                });
            }
            return used;
        }
    }
}
