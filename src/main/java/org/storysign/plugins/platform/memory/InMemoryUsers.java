package org.storysign.plugins.platform.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.UserDirectory;
import org.storysign.plugins.platform.UserRecord;
import org.storysign.plugins.platform.WriteCondition;

/** Users in a map. Safe for concurrent use. */
public final class InMemoryUsers implements UserDirectory {

    private static final JsonMapper JSON = new JsonMapper();
    private static final UserRecord NEW = new UserRecord("{}", "{}", "{}", 1);

    private final Map<Place, UserRecord> users = new HashMap<>();

    private record Place(TenantId tenant, UserId user) {}

    /** What the product tells; the revision is given here. */
    public synchronized void put(TenantId tenant, UserId user, String profile, String progress) {
        UserRecord before = users.get(new Place(tenant, user));
        users.put(
                new Place(tenant, user),
                before == null
                        ? new UserRecord(profile, progress, NEW.preferences(), NEW.revision())
                        : new UserRecord(profile, progress, before.preferences(), before.revision() + 1));
    }

    /** The user as a whole. */
    public synchronized void put(TenantId tenant, UserId user, UserRecord whole) {
        users.put(new Place(tenant, user), whole);
    }

    @Override
    public synchronized Optional<UserRecord> find(Whose whose, Duration timeout) {
        return Optional.ofNullable(users.get(place(whose)));
    }

    @Override
    public synchronized Preferences prefer(Whose whose, PreferencePatch patch, Duration timeout) {
        Optional<UserRecord> present = find(whose, timeout);
        if (!holds(patch.condition(), present)) {
            return new Preferences.ConditionFailed();
        }
        UserRecord before = present.orElse(NEW);
        String merged = merge(before.preferences(), patch.json());
        if (merged.getBytes(StandardCharsets.UTF_8).length > LARGEST_PREFERENCES) {
            return new Preferences.TooLarge();
        }
        long revision = before.revision() + 1;
        users.put(place(whose), new UserRecord(before.profile(), before.progress(), merged, revision));
        return new Preferences.Merged(merged, revision);
    }

    private static Place place(Whose whose) {
        return new Place(whose.tenant(), whose.user());
    }

    private static boolean holds(WriteCondition condition, Optional<UserRecord> present) {
        return switch (condition) {
            case WriteCondition.Always _ -> true;
            case WriteCondition.Absent _ -> present.isEmpty();
            case WriteCondition.AtRevision(long wanted) ->
                present.filter(user -> user.revision() == wanted).isPresent();
        };
    }

    private static String merge(String preferences, String patch) {
        try {
            ObjectNode merged = (ObjectNode) JSON.readTree(preferences);
            merged.setAll((ObjectNode) JSON.readTree(patch));
            merged.properties().removeIf(member -> member.getValue().isNull());
            return JSON.writeValueAsString((JsonNode) merged);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("preferences are objects of JSON", e);
        }
    }
}
