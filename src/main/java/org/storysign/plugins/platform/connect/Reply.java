package org.storysign.plugins.platform.connect;

import org.storysign.plugins.platform.PlatformService;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** What a service answered, if not with a fault of its own. */
record Reply(PlatformService service, Exchange.Answer answer) {

    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";
    private static final int NOT_TAKEN = 422;
    private static final int TOO_MANY = 429;
    private static final int LONGEST_CODE = 100;

    /**
     * Whether the service refused in these words of its contract. The status alone would not do: a proxy says 404 too, and 413 of
     * bodies of its own taste.
     */
    boolean refused(int status, String code) {
        return answer.status() == status
                && answer.type().equals(PROBLEM)
                && AnswerObject.read(answer.body())
                        .text("code", found -> found.length() <= LONGEST_CODE)
                        .equals(code);
    }

    /** The object that came with this status; any other status is a problem. */
    AnswerObject given(int status) {
        if (answer.status() != status) {
            throw otherwise();
        }
        if (!answer.type().equals(JSON)) {
            throw new ContractBreach("");
        }
        return AnswerObject.read(answer.body());
    }

    private ProblemException otherwise() {
        return switch (answer.status()) {
            case NOT_TAKEN ->
                new ProblemException(
                        ProblemCode.DATA_INVALID,
                        "the product's service for " + service.publicName() + " does not take this");
            case TOO_MANY ->
                new ProblemException(
                        ProblemCode.SERVICE_BUSY,
                        "the product's service for " + service.publicName() + " takes no more requests at the moment");
            default -> ProductService.unavailable(service, "answered with status " + answer.status());
        };
    }
}
