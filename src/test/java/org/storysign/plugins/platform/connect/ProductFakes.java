package org.storysign.plugins.platform.connect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.AnalyticsEvent;
import org.storysign.plugins.platform.AnalyticsLog.NewEvent;
import org.storysign.plugins.platform.ContentDraft;
import org.storysign.plugins.platform.ContentItem;
import org.storysign.plugins.platform.ContentLibrary;
import org.storysign.plugins.platform.Notice;
import org.storysign.plugins.platform.NoticeLevel;
import org.storysign.plugins.platform.UserDirectory.PreferencePatch;
import org.storysign.plugins.platform.UserDirectory.Preferences;
import org.storysign.plugins.platform.UserDirectory.Whose;
import org.storysign.plugins.platform.UserRecord;
import org.storysign.plugins.platform.WriteCondition;
import org.storysign.plugins.platform.memory.InMemoryAnalytics;
import org.storysign.plugins.platform.memory.InMemoryContent;
import org.storysign.plugins.platform.memory.InMemoryNotifications;
import org.storysign.plugins.platform.memory.InMemoryUsers;

/** What the product does behind each operation of the contracts, in memory. */
record ProductFakes(
        InMemoryUsers users,
        InMemoryContent content,
        InMemoryAnalytics analytics,
        InMemoryNotifications notifications) {

    static ProductFakes fresh(Clock clock) {
        return new ProductFakes(
                new InMemoryUsers(),
                new InMemoryContent(clock),
                new InMemoryAnalytics(clock),
                new InMemoryNotifications());
    }

    ServiceAnswer serve(ServiceCall call) {
        return switch (call.operation()) {
            case "findUser" -> findUser(call);
            case "changePreferences" -> changePreferences(call);
            case "findItem" ->
                content.find(reader(call), call.parameter("id").orElseThrow(), ServiceCall.SOON)
                        .map(item -> ServiceAnswer.given(200, view(item)))
                        .orElseGet(() -> ServiceAnswer.refused(404, "item-not-found"));
            case "listItems" ->
                items(content.list(reader(call), call.parameter("kind"), call.page("cursor"), ServiceCall.SOON));
            case "searchItems" ->
                items(content.search(
                        reader(call),
                        new ContentLibrary.Search(
                                call.parameter("query").orElseThrow(),
                                call.parameter("kind"),
                                call.parameter("language")),
                        call.page("skip"),
                        ServiceCall.SOON));
            case "createItem" -> createItem(call);
            case "logEvent" -> logEvent(call);
            case "listEvents" -> listEvents(call);
            case "sendNotification" -> {
                Notice notice = new Notice(level(call), call.text("title"), call.text("body"), call.text("link"));
                yield ServiceAnswer.given(
                        201,
                        ServiceAnswer.object()
                                .put("number", notifications.send(call.owner(), notice, ServiceCall.SOON)));
            }
            case "showToast" -> {
                notifications.show(call.owner(), new Notice(level(call), call.text("text"), "", ""), ServiceCall.SOON);
                yield ServiceAnswer.given(202, ServiceAnswer.object().put("accepted", true));
            }
            case String other -> throw new IllegalStateException("nobody does " + other);
        };
    }

    private ServiceAnswer findUser(ServiceCall call) {
        Optional<UserRecord> found = users.find(whose(call), ServiceCall.SOON);
        if (found.isEmpty()) {
            return ServiceAnswer.refused(404, "user-not-found");
        }
        ObjectNode view = ServiceAnswer.object();
        view.putRawValue("profile", new RawValue(found.get().profile()));
        view.putRawValue("progress", new RawValue(found.get().progress()));
        view.putRawValue("preferences", new RawValue(found.get().preferences()));
        return ServiceAnswer.given(200, view.put("revision", found.get().revision()));
    }

    private ServiceAnswer changePreferences(ServiceCall call) {
        WriteCondition condition = call.body().has("if_revision")
                ? new WriteCondition.AtRevision(call.body().get("if_revision").longValue())
                : new WriteCondition.Always();
        PreferencePatch patch =
                new PreferencePatch(call.body().get("preferences").toString(), condition);
        return switch (users.prefer(whose(call), patch, ServiceCall.SOON)) {
            case Preferences.ConditionFailed _ -> ServiceAnswer.refused(412, "revision-differs");
            case Preferences.TooLarge _ -> ServiceAnswer.refused(413, "preferences-too-large");
            case Preferences.Merged(String json, long revision) -> {
                ObjectNode view = ServiceAnswer.object();
                view.putRawValue("preferences", new RawValue(json));
                yield ServiceAnswer.given(200, view.put("revision", revision));
            }
        };
    }

    private ServiceAnswer createItem(ServiceCall call) {
        ContentDraft draft = new ContentDraft(
                call.user(), call.text("kind"), call.text("language"), call.text("title"), call.text("text"));
        ContentLibrary.NewContent item =
                new ContentLibrary.NewContent(call.tenant(), call.plugin(), call.text("id"), draft);
        return content.create(item, call.body().get("most").intValue(), ServiceCall.SOON)
                ? ServiceAnswer.given(201, ServiceAnswer.object().put("id", item.id()))
                : ServiceAnswer.refused(409, "too-many-items");
    }

    private ServiceAnswer logEvent(ServiceCall call) {
        NewEvent event =
                new NewEvent(call.text("name"), call.body().get("properties").toString());
        return analytics.append(
                        call.owner(), event, call.body().get("most_a_day").intValue(), ServiceCall.SOON)
                ? ServiceAnswer.given(201, ServiceAnswer.object().put("number", 1))
                : ServiceAnswer.refused(409, "too-many-events");
    }

    private ServiceAnswer listEvents(ServiceCall call) {
        ObjectNode view = ServiceAnswer.object();
        ArrayNode events = view.putArray("events");
        for (AnalyticsEvent each :
                analytics.events(call.owner(), call.parameter("name"), call.page("cursor"), ServiceCall.SOON)) {
            ObjectNode event = events.addObject().put("number", each.number()).put("name", each.name());
            event.putRawValue("properties", new RawValue(each.properties()));
            event.put("at", each.at().toString());
        }
        return ServiceAnswer.given(200, view);
    }

    private static ServiceAnswer items(List<ContentItem> items) {
        ObjectNode view = ServiceAnswer.object();
        ArrayNode array = view.putArray("items");
        items.forEach(item -> array.add(view(item)));
        return ServiceAnswer.given(200, view);
    }

    private static ObjectNode view(ContentItem item) {
        ObjectNode view = ServiceAnswer.object()
                .put("number", item.number())
                .put("id", item.id())
                .put("kind", item.draft().kind())
                .put("language", item.draft().language())
                .put("title", item.draft().title())
                .put("text", item.draft().text())
                .put("revision", item.revision())
                .put("created_at", item.createdAt().toString());
        item.user().ifPresent(user -> view.put("user_id", user.value()));
        item.plugin().ifPresent(plugin -> view.put("plugin_id", plugin.value()));
        return view;
    }

    private static NoticeLevel level(ServiceCall call) {
        return NoticeLevel.parse(call.text("level")).orElseThrow();
    }

    private static Whose whose(ServiceCall call) {
        UserId user = call.user().orElseThrow();
        return new Whose(call.tenant(), call.plugin(), user);
    }

    private static ContentLibrary.Reader reader(ServiceCall call) {
        return new ContentLibrary.Reader(call.tenant(), call.plugin(), call.user());
    }
}
