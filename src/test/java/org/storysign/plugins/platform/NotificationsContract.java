package org.storysign.plugins.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.memory.InMemoryNotifications;

/** What every {@link Notifications} and {@link Toasts} does. Each test begins with tenants whose users were told nothing. */
public abstract class NotificationsContract {

    private static final Duration SOON = Duration.ofSeconds(5);

    protected abstract Notifications notifications();

    protected abstract Toasts toasts();

    protected abstract TenantId tenant();

    protected abstract TenantId otherTenant();

    /** What a user was told, the oldest first, each as {@code kind plugin level title|body|link}. */
    protected abstract List<String> told(TenantId tenant, UserId user);

    @Test
    void a_user_is_told_what_a_plugin_sent_in_the_plugins_name() {
        notifications().send(to("notes", "anna"), new Notice(NoticeLevel.SUCCESS, "Done", "All of it", "/a"), SOON);
        notifications().send(to("other", "anna"), notice("Hello"), SOON);

        assertThat(told(tenant(), new UserId("anna")))
                .containsExactly("notice notes success Done|All of it|/a", "notice other info Hello||");
        assertThat(told(tenant(), new UserId("ben"))).isEmpty();
        assertThat(told(otherTenant(), new UserId("anna"))).isEmpty();
    }

    @Test
    void each_notification_has_a_number_of_its_own_that_grows() {
        long first = notifications().send(to("notes", "anna"), notice("a"), SOON);

        assertThat(notifications().send(to("notes", "anna"), notice("b"), SOON)).isGreaterThan(first);
    }

    @Test
    void beyond_the_most_the_oldest_of_that_plugin_and_user_go() {
        notifications().send(to("other", "anna"), notice("other's"), SOON);
        for (int index = 0; index <= Notifications.MOST; index++) {
            notifications().send(to("notes", "anna"), notice("n" + index), SOON);
        }

        assertThat(told(tenant(), new UserId("anna")))
                .hasSize(1 + Notifications.MOST)
                .contains("notice other info other's||", "notice notes info n1||", "notice notes info n100||")
                .doesNotContain("notice notes info n0||");
    }

    @Test
    void toasts_are_few_and_take_no_notifications_place() {
        notifications().send(to("notes", "anna"), notice("kept"), SOON);
        for (int index = 0; index <= Toasts.MOST; index++) {
            toasts().show(to("notes", "anna"), notice("t" + index), SOON);
        }

        assertThat(told(tenant(), new UserId("anna")))
                .hasSize(1 + Toasts.MOST)
                .contains("notice notes info kept||", "toast notes info t10||")
                .doesNotContain("toast notes info t0||");
    }

    /** What the user was told, as {@link #told(TenantId, UserId)} has it. */
    protected static List<String> told(InMemoryNotifications notifications, TenantId tenant, UserId user) {
        return notifications.told().stream()
                .filter(told -> told.to().tenant().equals(tenant))
                .filter(told -> told.to().user().equals(Optional.of(user)))
                .map(told -> told.kind().name().toLowerCase(Locale.ROOT) + " "
                        + told.to().plugin() + " " + told.notice().level().publicName() + " "
                        + told.notice().title() + "|" + told.notice().body() + "|"
                        + told.notice().link())
                .toList();
    }

    private DataOwner to(String plugin, String user) {
        return new DataOwner(tenant(), new PluginId(plugin), Optional.of(new UserId(user)));
    }

    private static Notice notice(String title) {
        return new Notice(NoticeLevel.INFO, title, "", "");
    }
}
