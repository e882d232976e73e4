package org.storysign.plugins.platform.connect;

import org.storysign.plugins.platform.ServicePage;

/** The order of a list: every {@code number} is below the one before, the first below the cursor. Used by one thread. */
final class FallingNumbers {

    private long last;

    FallingNumbers(ServicePage page) {
        this.last = page.cursor().orElse(Long.MAX_VALUE);
    }

    /** The next of the list. */
    AnswerObject checked(AnswerObject next) {
        long number = next.count("number");
        next.require(number < last, "number");
        last = number;
        return next;
    }
}
