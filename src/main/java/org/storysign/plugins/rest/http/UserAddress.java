package org.storysign.plugins.rest.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.security.ApiKey;
import org.storysign.plugins.security.Caller;

/** Users of the product as requests name them. */
public final class UserAddress {

    private UserAddress() {}

    /** The user; empty when none is named. Fails with {@code forbidden} when the caller's key may name none. */
    public static Optional<UserId> named(@Nullable String text, Caller caller) {
        Optional<UserId> user =
                Parameters.parsed("user_id", text, UserId::parse, "1 to 200 characters without control characters");
        user.ifPresent(_ -> requireAny(caller));
        return user;
    }

    /** The same for what is about a user. Fails with {@code request-invalid} when none is named. */
    public static UserId required(@Nullable String text, Caller caller) {
        return named(text, caller)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.REQUEST_INVALID, "The parameter user_id is missing: it says which user is meant."));
    }

    /** Fails with {@code forbidden} unless the caller may name any user. */
    public static void requireAny(Caller caller) {
        if (caller.users() != ApiKey.Users.ANY) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN, "The key may not name users: it was made with `users`: `as-token`.");
        }
    }
}
