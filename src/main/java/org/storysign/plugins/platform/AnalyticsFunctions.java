package org.storysign.plugins.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** {@code analytics_log_event}, which every plugin may call, and {@code analytics_user}. A plugin sees only what it logged itself. */
public final class AnalyticsFunctions {

    private final AnalyticsLog log;
    private final int mostADay;

    public AnalyticsFunctions(AnalyticsLog log, int mostADay) {
        this.log = log;
        this.mostADay = mostADay;
    }

    /** To be registered with the {@link PlatformGate}. */
    public List<PlatformFunction> all() {
        return List.of(
                new PlatformFunction(
                        "analytics_log_event",
                        PlatformService.ANALYTICS,
                        Set.of(),
                        Set.of("name", "properties"),
                        this::logEvent),
                new PlatformFunction(
                        "analytics_user",
                        PlatformService.ANALYTICS,
                        Set.of(PermissionName.READ_USER_DATA),
                        Set.of(CallUser.MEMBER, "name", "cursor", "limit"),
                        this::user));
    }

    /**
     * {@code {"name", "properties"?: {…}}} → {@code {"logged": true}}, for the user of the call if it has one; no other can be
     * named. A name matches {@code [a-z0-9][a-z0-9_.-]{0,99}}, properties have at most
     * {@link AnalyticsLog#LARGEST_PROPERTIES} bytes; {@code data-quota-exceeded} beyond the day's events.
     */
    private JsonNode logEvent(PlatformCall call, JsonFields input) {
        input.require("name");
        Optional<String> name = name(input);
        String properties = input.object("properties").map(JsonNode::toString).orElse("{}");
        int size = properties.getBytes(StandardCharsets.UTF_8).length;
        if (size > AnalyticsLog.LARGEST_PROPERTIES) {
            input.report(
                    "properties",
                    "have " + size + " bytes of JSON, expected at most " + AnalyticsLog.LARGEST_PROPERTIES);
        }
        input.refuse(ProblemCode.DATA_INVALID, "the input");
        DataOwner owner = new DataOwner(
                call.context().tenant(), call.context().plugin(), call.context().user());
        AnalyticsLog.NewEvent event = new AnalyticsLog.NewEvent(name.orElseThrow(), properties);
        if (!call.waiting(() -> log.append(owner, event, mostADay, call.timeLeft()))) {
            throw new ProblemException(
                    ProblemCode.DATA_QUOTA_EXCEEDED, "the plugin may log at most " + mostADay + " events a day");
        }
        return GuestJson.NODES.objectNode().put("logged", true);
    }

    /**
     * {@code {"name"?, "cursor"?, "limit"?, "user_id"?}} → {@code {"events": [{"name", "properties", "at"}], "cursor"}}: what this
     * plugin logged for the user, the newest first, 1 to 100 a page, 20 when it is not said; the cursor is null at the end.
     */
    private JsonNode user(PlatformCall call, JsonFields input) {
        Optional<String> name = name(input);
        ServicePage page = ServicePage.read(input);
        DataOwner owner =
                new DataOwner(call.context().tenant(), call.context().plugin(), Optional.of(CallUser.of(call, input)));
        List<AnalyticsEvent> found = call.waiting(() -> log.events(owner, name, page, call.timeLeft()));
        return page.answer("events", found, AnalyticsFunctions::view, AnalyticsEvent::number);
    }

    private static Optional<String> name(JsonFields input) {
        return input.parsed(
                "name",
                text -> Optional.of(text).filter(AnalyticsLog.NAME.asMatchPredicate()),
                AnalyticsLog.NAME.pattern());
    }

    private static ObjectNode view(AnalyticsEvent event) {
        ObjectNode view = GuestJson.NODES.objectNode().put("name", event.name());
        view.set("properties", GuestJson.raw(event.properties()));
        return view.put("at", event.at().toString());
    }
}
