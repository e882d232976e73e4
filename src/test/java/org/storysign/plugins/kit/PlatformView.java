package org.storysign.plugins.kit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.ContentDraft;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.ServicePage;
import org.storysign.plugins.platform.StoredValue;
import org.storysign.plugins.platform.memory.InMemoryNotifications;

/** What one plugin has left on its platform, as text, and what the product tells it. */
public record PlatformView(FolderPlugin plugin) {

    private static final Duration SOON = Duration.ofSeconds(1);

    /** The JSON of a key of the plugin's own, or of a user. */
    public Optional<String> stored(Optional<String> user, String key) {
        return plugin.store().get(owner(user), key, SOON).map(StoredValue::json);
    }

    /** {@code name {properties}} of each event logged for a user, the newest first. */
    public List<String> logged(String user) {
        return plugin
                .platform()
                .analytics()
                .events(owner(Optional.of(user)), Optional.empty(), new ServicePage(Optional.empty(), 100), SOON)
                .stream()
                .map(event -> event.name() + " " + event.properties())
                .toList();
    }

    /** {@code NOTICE SUCCESS to ada: title | body | link}, the oldest first. */
    public List<String> told() {
        return plugin.platform().notifications().told().stream()
                .map(PlatformView::line)
                .toList();
    }

    /** {@code to ada on channel: payload} or {@code to all on …}. */
    public List<String> sent() {
        return plugin.platform().messages().stream()
                .map(message -> "to %s on %s: %s"
                        .formatted(
                                message.user().map(UserId::value).orElse("all"),
                                message.channel().orElse("none"),
                                message.payload()))
                .toList();
    }

    /** {@code hook: call} of each emitted hook. */
    public List<String> emitted() {
        return plugin.platform().events().stream()
                .map(event -> event.hook() + ": " + event.call())
                .toList();
    }

    public void tellOfUser(String user, String profile) {
        plugin.platform().users().put(TenantId.DEFAULT, new UserId(user), profile, "{}");
    }

    public void tellOfContent(String id, String kind, String title) {
        plugin.platform()
                .content()
                .put(TenantId.DEFAULT, id, new ContentDraft(Optional.empty(), kind, "en", title, title));
    }

    private static String line(InMemoryNotifications.Told told) {
        return "%s %s to %s: %s | %s | %s"
                .formatted(
                        told.kind(),
                        told.notice().level(),
                        told.to().user().map(UserId::value).orElse("nobody"),
                        told.notice().title(),
                        told.notice().body(),
                        told.notice().link());
    }

    private DataOwner owner(Optional<String> user) {
        return new DataOwner(TenantId.DEFAULT, plugin.manifest().id(), user.map(UserId::new));
    }
}
