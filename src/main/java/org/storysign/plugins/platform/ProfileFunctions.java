package org.storysign.plugins.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * {@code user_get}, {@code user_progress} and {@code user_update_preferences}: what the product tells of the user on whose behalf the
 * plugin was called. Another user may be named in {@code user_id} where {@link CallUser} allows it.
 */
public final class ProfileFunctions {

    /** Most preferences changed at once. */
    static final int MOST_PREFERENCES = 100;

    private final UserDirectory users;

    public ProfileFunctions(UserDirectory users) {
        this.users = users;
    }

    /** To be registered with the {@link PlatformGate}. */
    public List<PlatformFunction> all() {
        return List.of(
                new PlatformFunction(
                        "user_get",
                        PlatformService.USERS,
                        Set.of(PermissionName.READ_USER_DATA),
                        Set.of(CallUser.MEMBER),
                        this::get),
                new PlatformFunction(
                        "user_progress",
                        PlatformService.USERS,
                        Set.of(PermissionName.READ_USER_DATA),
                        Set.of(CallUser.MEMBER),
                        this::progress),
                new PlatformFunction(
                        "user_update_preferences",
                        PlatformService.USERS,
                        Set.of(PermissionName.WRITE_USER_DATA),
                        Set.of(CallUser.MEMBER, "preferences", "if_revision"),
                        this::updatePreferences));
    }

    /** {@code {"user_id"?}} → {@code {"user_id", "profile", "preferences", "revision"}}, or null for an unknown user. */
    private JsonNode get(PlatformCall call, JsonFields input) {
        UserId user = CallUser.of(call, input);
        return find(call, user)
                .<JsonNode>map(found -> {
                    ObjectNode view = view(user);
                    view.set("profile", GuestJson.raw(found.profile()));
                    view.set("preferences", GuestJson.raw(found.preferences()));
                    return view.put("revision", found.revision());
                })
                .orElseGet(GuestJson.NODES::nullNode);
    }

    /** {@code {"user_id"?}} → {@code {"user_id", "progress", "revision"}}, or null for an unknown user. */
    private JsonNode progress(PlatformCall call, JsonFields input) {
        UserId user = CallUser.of(call, input);
        return find(call, user)
                .<JsonNode>map(found -> {
                    ObjectNode view = view(user);
                    view.set("progress", GuestJson.raw(found.progress()));
                    return view.put("revision", found.revision());
                })
                .orElseGet(GuestJson.NODES::nullNode);
    }

    /**
     * {@code {"preferences": {name: any or null}, "if_revision"?, "user_id"?}} → {@code {"preferences", "revision"}}: each
     * member takes the place of the preference of that name, null takes it away; the answer is all of them. At most
     * {@link #MOST_PREFERENCES} at once and {@link UserDirectory#LARGEST_PREFERENCES} bytes in all, else {@code data-invalid}
     * and {@code data-quota-exceeded}; {@code precondition-failed} at another revision; {@code data-not-found} when the guest
     * names a user nobody told of.
     */
    private JsonNode updatePreferences(PlatformCall call, JsonFields input) {
        input.require("preferences");
        Optional<ObjectNode> preferences = input.object("preferences");
        preferences
                .filter(given -> given.size() > MOST_PREFERENCES)
                .ifPresent(given -> input.report(
                        "preferences", "has " + given.size() + " members, expected at most " + MOST_PREFERENCES));
        WriteCondition condition = input.integer("if_revision", 1, Long.MAX_VALUE)
                .<WriteCondition>map(WriteCondition.AtRevision::new)
                .orElseGet(WriteCondition.Always::new);
        UserId user = CallUser.of(call, input);
        String patch = preferences.map(JsonNode::toString).orElse("{}");
        return view(call.waiting(() -> {
            requireKnown(call, user);
            return users.prefer(
                    whose(call, user), new UserDirectory.PreferencePatch(patch, condition), call.timeLeft());
        }));
    }

    private static JsonNode view(UserDirectory.Preferences outcome) {
        return switch (outcome) {
            case UserDirectory.Preferences.Merged(String json, long revision) -> {
                ObjectNode view = GuestJson.NODES.objectNode();
                view.set("preferences", GuestJson.raw(json));
                yield view.put("revision", revision);
            }
            case UserDirectory.Preferences.ConditionFailed _ ->
                throw new ProblemException(
                        ProblemCode.PRECONDITION_FAILED, "the user's revision is another than the input names");
            case UserDirectory.Preferences.TooLarge _ ->
                throw new ProblemException(
                        ProblemCode.DATA_QUOTA_EXCEEDED,
                        "the preferences would have more than " + UserDirectory.LARGEST_PREFERENCES + " bytes of JSON");
        };
    }

    /** A call makes known its own user; whom a guest only names must be known, or a guest could make up any number. */
    private void requireKnown(PlatformCall call, UserId user) {
        boolean own = call.context().user().filter(user::equals).isPresent();
        if (!own && users.find(whose(call, user), call.timeLeft()).isEmpty()) {
            throw new ProblemException(ProblemCode.DATA_NOT_FOUND, "there is no such user");
        }
    }

    private Optional<UserRecord> find(PlatformCall call, UserId user) {
        return call.waiting(() -> users.find(whose(call, user), call.timeLeft()));
    }

    private static UserDirectory.Whose whose(PlatformCall call, UserId user) {
        return new UserDirectory.Whose(call.context().tenant(), call.context().plugin(), user);
    }

    private static ObjectNode view(UserId user) {
        return GuestJson.NODES.objectNode().put(CallUser.MEMBER, user.value());
    }
}
