package org.storysign.plugins.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.InvocationId;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.identity.UserReach;
import org.storysign.plugins.kit.TestClock;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.platform.dry.DryPlatform;
import org.storysign.plugins.platform.memory.InMemoryAnalytics;
import org.storysign.plugins.platform.memory.InMemoryContent;
import org.storysign.plugins.platform.memory.InMemoryUsers;

/** A guest in a dry run is answered as always, and leaves nothing. */
class DryRunTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final UserId ADA = new UserId("ada");
    private static final EventLimits LIMITS = new EventLimits(10, 10, 8, MemorySize.ofKiB(64));

    private final TestClock clock = new TestClock();
    private final InMemoryKeyValueStore storage = new InMemoryKeyValueStore(clock);
    private final InMemoryUsers users = new InMemoryUsers();
    private final List<String> told = new ArrayList<>();
    private final PlatformServices services = new PlatformServices(
            storage,
            users,
            new InMemoryContent(clock),
            new InMemoryAnalytics(clock),
            (to, notice, timeout) -> told.size() + (told.add(notice.title()) ? 1 : 0),
            (to, toast, timeout) -> told.add(toast.title()));
    private final HookFunctions hooks = new HookFunctions(new EventIntake(
            (event, limits, timeout) -> {
                told.add(event.hook().value());
                return EventOutbox.Acceptance.ACCEPTED;
            },
            LIMITS));
    private final LiveFunctions live = new LiveFunctions((message, timeout) -> told.add(message.payload()));
    private final AiFunctions ai =
            new AiFunctions(new ScriptedAi(), new TextBudget(new InMemoryAiLedger(), AiTerms.USUAL, clock));
    private final PlatformGate gate = new PlatformGate(
            Stream.of(services.functions(), hooks.all(), ai.all(), live.all())
                    .flatMap(List::stream)
                    .toList(),
            DryPlatform.functions(services, ai, LIMITS),
            GateKeeping.LOCAL);

    static Stream<FunctionDescription> keptForNobody() {
        return FunctionDescription.all().stream().filter(each -> !each.name().equals("ai_generate_text"));
    }

    @ParameterizedTest
    @MethodSource("keptForNobody")
    void every_function_answers_as_always_and_keeps_nothing(FunctionDescription function) throws Exception {
        String input = function.example().input().toString().replace("PLUGIN_ID", "notes");

        JsonNode dry = JSON.readTree(guest(true).call(function.name(), input));

        assertThat(told).isEmpty();
        assertThat(state()).isEqualTo(new DryRunTest().state());
        assertThat(names(dry)).isEqualTo(names(JSON.readTree(guest(false).call(function.name(), input))));
    }

    @Test
    void what_is_there_decides_as_always() throws Exception {
        guest(false).call("storage_set", "{\"key\": \"k\", \"value\": 1}");
        guest(false).call("user_update_preferences", "{\"preferences\": {\"a\": 1}}");

        assertThat(guest(true).call("storage_set", "{\"key\": \"k\", \"value\": 2, \"if_absent\": true}"))
                .contains("precondition-failed");
        assertThat(guest(true).call("storage_set", "{\"key\": \"k\", \"value\": 2, \"if_revision\": 1}"))
                .isEqualTo("{\"ok\":{\"revision\":2,\"created\":false}}");
        assertThat(guest(true).call("storage_delete", "{\"key\": \"k\"}")).isEqualTo("{\"ok\":{\"deleted\":true}}");
        assertThat(guest(true).call("user_update_preferences", "{\"preferences\": {\"b\": 2}}"))
                .contains("\"preferences\":{\"a\":1,\"b\":2}");

        assertThat(guest(false).call("storage_get", "{\"key\": \"k\"}")).contains("\"value\":1", "\"revision\":1");
        assertThat(guest(false).call("user_get", "{}")).contains("{\"a\":1}");
    }

    @Test
    void what_costs_money_is_not_done() {
        assertThat(guest(true).call("ai_generate_text", "{\"messages\": [{\"role\": \"user\", \"content\": \"x\"}]}"))
                .startsWith("{\"error\":{\"code\":\"dry-run\"");
    }

    @Test
    void a_gate_that_was_given_nothing_for_dry_runs_does_nothing_in_them() {
        PlatformGuest guest = new PlatformGuest(
                new PlatformGate(services.functions()), grants(), SecurityLevel.STANDARD.data(), context(true));

        assertThat(guest.call("storage_set", "{\"key\": \"k\", \"value\": 1}")).contains("\"dry-run\"");
        assertThat(state()).isEqualTo(new DryRunTest().state());
    }

    /** What anybody could find afterwards. */
    private List<String> state() {
        PlatformGuest guest = guest(false);
        return List.of(
                guest.call("storage_list", "{}"),
                guest.call("user_get", "{}"),
                guest.call("content_list", "{}"),
                guest.call("analytics_user", "{}"));
    }

    private static List<String> names(JsonNode answer) {
        List<String> names = new ArrayList<>();
        answer.fieldNames().forEachRemaining(names::add);
        answer.path("ok").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private PlatformGuest guest(boolean dry) {
        return new PlatformGuest(gate, grants(), SecurityLevel.STANDARD.data(), context(dry));
    }

    private static Grants grants() {
        return new Grants(EnumSet.complementOf(EnumSet.of(PermissionName.NETWORK_ACCESS)), Set.of(), Set.of());
    }

    private static CallContext context(boolean dry) {
        return new CallContext(
                TenantId.DEFAULT,
                Optional.of(ADA),
                new PluginId("notes"),
                InvocationId.random(),
                0,
                UserReach.CALLS_USER,
                dry);
    }
}
