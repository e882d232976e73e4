package org.storysign.plugins.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.UserDirectory.PreferencePatch;
import org.storysign.plugins.platform.UserDirectory.Preferences;
import org.storysign.plugins.platform.UserDirectory.Whose;

/** What every {@link UserDirectory} does. Each test begins with tenants of which nobody knows a user. */
public abstract class UserDirectoryContract {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final UserId ANNA = new UserId("anna");
    private static final JsonMapper JSON = new JsonMapper();

    protected abstract UserDirectory users();

    protected abstract TenantId tenant();

    protected abstract TenantId otherTenant();

    /** As the product does. */
    protected abstract void put(TenantId tenant, UserId user, String profile, String progress);

    @Test
    void a_user_is_what_the_product_told() {
        put(tenant(), ANNA, "{\"name\":\"Anna\"}", "{\"asl-world\":{\"level\":3}}");

        UserRecord anna = find(tenant(), ANNA).orElseThrow();

        assertThat(anna).isEqualTo(new UserRecord("{\"name\":\"Anna\"}", "{\"asl-world\":{\"level\":3}}", "{}", 1));
        assertThat(find(tenant(), new UserId("ben"))).isEmpty();
        assertThat(find(otherTenant(), ANNA)).isEmpty();
    }

    @Test
    void preferences_are_merged_member_by_member_and_null_takes_one_away() throws Exception {
        prefer("{\"theme\":{\"dark\":true},\"speed\":1.5,\"gone\":1}");

        Preferences.Merged merged = (Preferences.Merged) prefer("{\"theme\":\"light\",\"gone\":null,\"never\":null}");

        assertThat(JSON.readTree(merged.json())).isEqualTo(JSON.readTree("{\"theme\":\"light\",\"speed\":1.5}"));
        UserRecord anna = find(tenant(), ANNA).orElseThrow();
        assertThat(anna.preferences()).isEqualTo(merged.json());
        assertThat(anna.revision()).isEqualTo(merged.revision());
        assertThat(find(otherTenant(), ANNA)).isEmpty();
    }

    @Test
    void a_change_of_preferences_leaves_what_the_product_told() {
        put(tenant(), ANNA, "{\"name\":\"Anna\"}", "{\"a\":1}");

        prefer("{\"theme\":\"dark\"}");

        UserRecord anna = find(tenant(), ANNA).orElseThrow();
        assertThat(anna.profile()).isEqualTo("{\"name\":\"Anna\"}");
        assertThat(anna.progress()).isEqualTo("{\"a\":1}");
        assertThat(anna.revision()).isEqualTo(2);
    }

    @Test
    void a_change_under_a_revision_happens_at_that_revision_only_and_makes_nobody_known() {
        assertThat(prefer("{\"a\":1}", at(1))).isEqualTo(new Preferences.ConditionFailed());
        assertThat(find(tenant(), ANNA)).isEmpty();
        put(tenant(), ANNA, "{}", "{}");

        assertThat(prefer("{\"a\":1}", at(2))).isEqualTo(new Preferences.ConditionFailed());
        assertThat(prefer("{\"a\":2}", at(1))).isInstanceOf(Preferences.Merged.class);
        assertThat(prefer("{\"a\":3}", at(1))).isEqualTo(new Preferences.ConditionFailed());
    }

    @Test
    void preferences_may_be_as_large_as_said_and_not_larger() {
        String large = "x".repeat(UserDirectory.LARGEST_PREFERENCES / 2);
        prefer("{\"a\":\"" + large + "\"}");

        assertThat(prefer("{\"b\":\"" + large + "\"}")).isEqualTo(new Preferences.TooLarge());
        assertThat(prefer("{\"a\":\"" + large + "\"}")).isInstanceOf(Preferences.Merged.class);
        assertThat(find(tenant(), ANNA).orElseThrow().preferences()).doesNotContain("\"b\"");
    }

    @Test
    void changes_of_many_at_once_are_all_kept() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int index = 0; index < 40; index++) {
                String patch = "{\"p" + index + "\":" + index + "}";
                threads.execute(() -> prefer(patch));
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(JSON.readTree(find(tenant(), ANNA).orElseThrow().preferences()))
                .hasSize(40);
    }

    @Test
    void a_name_is_a_name_and_no_pattern_or_command() {
        for (String name : List.of("%", "a'b", "'; DROP TABLE product_user; --", "😀")) {
            put(tenant(), new UserId(name), "{\"n\":1}", "{}");

            assertThat(find(tenant(), new UserId(name))).isPresent();
        }
        assertThat(find(tenant(), new UserId("_"))).isEmpty();
    }

    private Preferences prefer(String patch) {
        return prefer(patch, new WriteCondition.Always());
    }

    private Preferences prefer(String patch, WriteCondition condition) {
        return users().prefer(whose(tenant(), ANNA), new PreferencePatch(patch, condition), SOON);
    }

    private Optional<UserRecord> find(TenantId tenant, UserId user) {
        return users().find(whose(tenant, user), SOON);
    }

    private static Whose whose(TenantId tenant, UserId user) {
        return new Whose(tenant, new PluginId("notes"), user);
    }

    private static WriteCondition at(long revision) {
        return new WriteCondition.AtRevision(revision);
    }
}
