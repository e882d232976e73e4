package org.storysign.plugins.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.AnalyticsLog.NewEvent;

/** What every {@link AnalyticsLog} does. Each test begins with tenants in which nothing was logged. */
public abstract class AnalyticsLogContract {

    private static final Duration SOON = Duration.ofSeconds(5);

    protected abstract AnalyticsLog log();

    protected abstract TenantId tenant();

    protected abstract TenantId otherTenant();

    @Test
    void events_are_read_as_they_were_logged_the_newest_first() {
        append(annas(), "first", "{\"points\":1.50}");
        append(annas(), "second", "{}");

        List<AnalyticsEvent> events = events(annas(), Optional.empty(), 10);

        assertThat(names(events)).containsExactly("second", "first");
        assertThat(events.getLast().properties()).isEqualTo("{\"points\":1.50}");
    }

    @Test
    void events_come_in_pages_and_by_name() {
        for (String name : List.of("a", "b", "a", "a")) {
            append(annas(), name, "{}");
        }

        List<AnalyticsEvent> first = events(annas(), Optional.of("a"), 2);
        ServicePage next = new ServicePage(Optional.of(first.getLast().number()), 2);

        assertThat(names(first)).containsExactly("a", "a");
        assertThat(log().events(annas(), Optional.of("a"), next, SOON)).hasSize(1);
        assertThat(events(annas(), Optional.of("b"), 2)).hasSize(1);
    }

    @Test
    void plugins_users_and_tenants_do_not_see_each_others_events() {
        append(annas(), "hers", "{}");

        for (DataOwner stranger : List.of(
                owner(tenant(), "notes", "ben"),
                owner(tenant(), "other", "anna"),
                owner(otherTenant(), "notes", "anna"),
                new DataOwner(tenant(), new PluginId("notes"), Optional.empty()))) {
            assertThat(events(stranger, Optional.empty(), 10)).isEmpty();
        }
    }

    @Test
    void a_plugin_logs_as_many_events_a_day_as_it_may_for_all_users_together() {
        NewEvent event = new NewEvent("a", "{}");
        assertThat(log().append(annas(), event, 2, SOON)).isTrue();
        assertThat(log().append(owner(tenant(), "notes", "ben"), event, 2, SOON))
                .isTrue();

        assertThat(log().append(annas(), event, 2, SOON)).isFalse();
        assertThat(events(annas(), Optional.empty(), 10)).hasSize(1);
        assertThat(log().append(owner(tenant(), "other", "anna"), event, 2, SOON))
                .isTrue();
        assertThat(log().append(owner(otherTenant(), "notes", "anna"), event, 2, SOON))
                .isTrue();
    }

    private DataOwner annas() {
        return owner(tenant(), "notes", "anna");
    }

    private static DataOwner owner(TenantId tenant, String plugin, String user) {
        return new DataOwner(tenant, new PluginId(plugin), Optional.of(new UserId(user)));
    }

    private void append(DataOwner owner, String name, String properties) {
        assertThat(log().append(owner, new NewEvent(name, properties), 1_000, SOON))
                .isTrue();
    }

    private List<AnalyticsEvent> events(DataOwner owner, Optional<String> name, int limit) {
        return log().events(owner, name, new ServicePage(Optional.empty(), limit), SOON);
    }

    private static List<String> names(List<AnalyticsEvent> events) {
        return events.stream().map(AnalyticsEvent::name).toList();
    }
}
