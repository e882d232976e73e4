package org.storysign.plugins.platform.records;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.UserRecord;
import org.storysign.plugins.platform.WriteCondition;
import org.storysign.plugins.platform.WriteOutcome;

/** Port: the product tells of its users. Fails with {@code ProblemException} {@code database-unavailable}. */
public interface UserRecords {

    /** Largest profile and largest progress, in bytes of UTF-8 of their JSON text. */
    int LARGEST_DOCUMENT = 64 << 10;

    Uni<Optional<UserRecord>> find(TenantId tenant, UserId user);

    /** Writes if the condition holds: {@code Done} or {@code ConditionFailed}. */
    Uni<WriteOutcome> put(TenantId tenant, UserId user, Update update, WriteCondition condition);

    /** What is to be known of a user from now on: JSON objects; what is empty stays as it is. */
    record Update(Optional<String> profile, Optional<String> progress, Optional<String> preferences) {}
}
