package org.storysign.plugins.platform;

/**
 * What plugins may use of the text model, and what it costs. Money is in millionths of the operator's currency.
 *
 * @param most tokens and money for each plugin of a tenant in a day of UTC
 * @param inputPrice of a million tokens read
 * @param outputPrice of a million tokens written
 * @param largestAnswer most tokens of an answer
 */
public record AiTerms(AiLedger.Amount most, long inputPrice, long outputPrice, int largestAnswer) {

    /** 200,000 tokens a day, which are not counted in money. */
    public static final AiTerms USUAL = new AiTerms(new AiLedger.Amount(200_000, Long.MAX_VALUE), 0, 0, 4_096);

    private static final long MILLION = 1_000_000;

    public AiTerms {
        if (most.tokens() < 0 || most.micros() < 0 || inputPrice < 0 || outputPrice < 0 || largestAnswer < 1) {
            throw new IllegalArgumentException("budgets and prices are 0 or more, the largest answer 1 token or more");
        }
    }

    /** What so many tokens come to, rounded up. */
    AiLedger.Amount amount(long input, long output) {
        long millionths = Math.addExact(Math.multiplyExact(input, inputPrice), Math.multiplyExact(output, outputPrice));
        return new AiLedger.Amount(Math.addExact(input, output), Math.ceilDiv(millionths, MILLION));
    }
}
