package org.storysign.plugins.platform;

import java.time.Duration;
import java.util.Optional;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;

/**
 * Port: the product's users. Blocking; called on guest threads inside {@code HostCall.waiting}. Fails with {@code ProblemException} as
 * {@link PlatformServices} says.
 */
public interface UserDirectory {

    /** Largest preferences of a user, in bytes of UTF-8 of their JSON text. */
    int LARGEST_PREFERENCES = 16 << 10;

    Optional<UserRecord> find(Whose whose, Duration timeout);

    /**
     * Puts each member of {@code patch}, a JSON object, in the place of the preference of that name; null takes it away. A user
     * nobody has told of yet is made known, unless the condition names a revision.
     */
    Preferences prefer(Whose whose, PreferencePatch patch, Duration timeout);

    /** Whose record it is about, and which plugin asks: that changes nothing about the answer, but the product may want to know. */
    record Whose(TenantId tenant, PluginId plugin, UserId user) {}

    /**
     * A change of preferences.
     *
     * @param json an object
     * @param condition when it may happen; not {@code Absent}
     */
    record PreferencePatch(String json, WriteCondition condition) {}

    /** What became of it. */
    sealed interface Preferences {

        /** All preferences, as they are now. */
        record Merged(String json, long revision) implements Preferences {}

        /** The condition did not hold; nothing changed. */
        record ConditionFailed() implements Preferences {}

        /** They would be larger than {@link #LARGEST_PREFERENCES}; nothing changed. */
        record TooLarge() implements Preferences {}
    }
}
