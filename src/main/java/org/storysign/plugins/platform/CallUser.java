package org.storysign.plugins.platform;

import java.util.Optional;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** The user a call is about: its own, or the one the guest names where the key that triggered it may name any. */
final class CallUser {

    /** The member by which guests name users. */
    static final String MEMBER = "user_id";

    private CallUser() {}

    /** Fails with {@code permission-denied} when the guest may not name that user, {@code data-invalid} when there is none. */
    static UserId of(PlatformCall call, JsonFields input) {
        return optional(call, input)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.DATA_INVALID,
                        "the call is not on behalf of a user and the input names none in `user_id`"));
    }

    /** The same, or nobody. */
    static Optional<UserId> optional(PlatformCall call, JsonFields input) {
        Optional<UserId> own = call.context().user();
        Optional<UserId> named = input.parsed(MEMBER, UserId::parse, "1 to 200 characters without control characters");
        input.refuse(ProblemCode.DATA_INVALID, "the input");
        if (named.isEmpty() || named.equals(own)) {
            return own;
        }
        return switch (call.context().reach()) {
            case ANY_USER -> named;
            case CALLS_USER ->
                throw PlatformCall.denied(
                        "the call may speak of no user but its own: the key that triggered it was not made"
                                + " with `users`: `any`");
        };
    }
}
