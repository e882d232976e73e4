package org.storysign.plugins.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.hook.HookCallReader;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.platform.EventOutbox.Acceptance;

class HookFunctionsTest {

    private static final EventLimits LIMITS = new EventLimits(100, 1_000, 8, MemorySize.ofKiB(1));

    private static final DataLimits ROOMY = new DataLimits(MemorySize.ofMiB(10), 100);

    private final List<NewEvent> accepted = new ArrayList<>();
    private Acceptance answer = Acceptance.ACCEPTED;
    private final HookFunctions functions = new HookFunctions(new EventIntake(this::put, LIMITS));
    private final PlatformGate gate = new PlatformGate(functions.all());

    @Test
    void a_guest_emits_a_hook_that_inherits_tenant_and_user() {
        String said = guest().onBehalfOf("anna").call("hook_emit", """
                {"hook_name": "plugin.notes.saved", "target": "story", "args": [1.50], "kwargs": {"a": null}, "result": "r",
                 "request_data": {"d": 1}, "ordering_key": "story-1"}""");

        NewEvent event = accepted.getFirst();
        assertThat(said).isEqualTo("{\"ok\":{\"event_id\":\"" + event.id() + "\"}}");
        assertThat(event.sender()).isEqualTo(new NewEvent.Sender(TenantId.DEFAULT, Optional.of(new PluginId("notes"))));
        assertThat(event.user()).contains(new UserId("anna"));
        assertThat(event.key()).contains(new OrderingKey("story-1"));
        assertThat(event.depth()).isEqualTo(1);
        assertThat(event.call())
                .isEqualTo(
                        "{\"type\":\"after\",\"target\":\"story\",\"args\":[1.50],\"kwargs\":{\"a\":null},\"result\":\"r\","
                                + "\"request_data\":{\"d\":1}}");
    }

    @Test
    void what_a_guest_emits_is_a_call_that_handlers_can_be_given() {
        guest().call("hook_emit", "{\"hook_name\": \"plugin.notes.saved\", \"type\": \"filter\", \"result\": [1]}");

        NewEvent event = accepted.getFirst();
        assertThat(read(event).payload().result()).hasToString("[1]");
        assertThat(read(event).type().publicName()).isEqualTo("filter");
    }

    @Test
    void what_the_page_for_authors_shows_is_accepted() throws java.io.IOException {
        String page = java.nio.file.Files.readString(java.nio.file.Path.of("docs", "events.md"));
        int begin = page.indexOf("```json") + "```json".length();

        assertThat(guest().call(
                                "hook_emit",
                                page.substring(begin, page.indexOf("```", begin))
                                        .strip()))
                .startsWith("{\"ok\"");
        assertThat(accepted.getFirst().key()).contains(new OrderingKey("story-17"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plugin.other.saved",
                "plugin.notes",
                "plugin.notes.",
                "plugin.notesx.saved",
                "plugin.note.saved",
                "notes.saved",
                "story_generation",
                "plugin.notes-2.saved"
            })
    void a_name_that_is_not_its_own_is_denied(String name) {
        assertThat(guest().call("hook_emit", "{\"hook_name\": \"" + name + "\"}"))
                .startsWith("{\"error\":{\"code\":\"permission-denied\"")
                .contains("`plugin.notes.`");
        assertThat(accepted).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"hook_name\": 1}",
                "{\"hook_name\": \"Plugin.notes.x\"}",
                "{\"hook_name\": \"plugin.notes.x\", \"type\": \"sometimes\"}",
                "{\"hook_name\": \"plugin.notes.x\", \"args\": {}}",
                "{\"hook_name\": \"plugin.notes.x\", \"kwargs\": []}",
                "{\"hook_name\": \"plugin.notes.x\", \"target\": \"\"}",
                "{\"hook_name\": \"plugin.notes.x\", \"ordering_key\": \"\"}",
                "{\"hook_name\": \"plugin.notes.x\", \"ordering_key\": \"a\\nb\"}",
                "{\"hook_name\": \"plugin.notes.x\", \"user_id\": \"ben\"}",
                "{\"hook_name\": \"plugin.notes.x\", \"tenant\": \"other\"}",
                "{\"hook_name\": \"plugin.notes.x\", \"depth\": 0}",
                "{\"hook_name\": \"plugin.notes.x\", \"hook_name\": \"plugin.notes.y\"}"
            })
    void an_input_that_is_not_valid_emits_nothing(String input) {
        assertThat(guest().call("hook_emit", input)).startsWith("{\"error\":{\"code\":\"data-invalid\"");
        assertThat(accepted).isEmpty();
    }

    @Test
    void an_event_over_the_size_limit_is_refused_and_one_at_it_is_not() {
        String wrapping = "{\"type\":\"after\",\"result\":\"\"}";
        String fits = "x".repeat(1_024 - wrapping.length());

        assertThat(guest().call("hook_emit", emit(fits))).startsWith("{\"ok\"");
        assertThat(guest().call("hook_emit", emit(fits + "x"))).startsWith("{\"error\":{\"code\":\"event-too-large\"");
        assertThat(accepted).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"PLUGIN_FULL, 100 events of the plugin", "TENANT_FULL, 1000 events of the tenant"})
    void a_full_queue_says_whose_limit_it_is(Acceptance full, String whose) {
        answer = full;

        assertThat(guest().call("hook_emit", emit("x")))
                .startsWith("{\"error\":{\"code\":\"queue-full\"")
                .contains(whose);
    }

    @Test
    void one_call_emits_as_many_hooks_as_it_may_and_the_next_call_again() {
        assertThat(guestEmitting(11)).startsWith("{\"error\":{\"code\":\"quota-exceeded\"");
        assertThat(accepted).hasSize(10);

        assertThat(guestEmitting(10)).startsWith("{\"ok\"");
        assertThat(accepted).hasSize(20);
    }

    @Test
    void without_the_permission_it_is_denied() {
        PlatformGuest guest = new PlatformGuest(gate, Grants.NONE, ROOMY, Optional.empty());

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> guest.call("hook_emit", emit("x"))))
                .hasMessageContaining("needs permission `hooks:emit`");
    }

    private String guestEmitting(int times) {
        return guest().calls("hook_emit", emit("x"), times);
    }

    private static org.storysign.plugins.hook.HookCall read(NewEvent event) {
        try {
            return new HookCallReader()
                    .read(event.sender().tenant(), event.hook(), (com.fasterxml.jackson.databind.node.ObjectNode)
                            new com.fasterxml.jackson.databind.ObjectMapper().readTree(event.call()));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String emit(String result) {
        return "{\"hook_name\": \"plugin.notes.saved\", \"result\": \"" + result + "\"}";
    }

    private PlatformGuest guest() {
        return new PlatformGuest(gate, Grants.of(PermissionName.HOOKS_EMIT), ROOMY, Optional.empty());
    }

    private Acceptance put(NewEvent event, EventLimits limits, Duration timeout) {
        if (answer == Acceptance.ACCEPTED) {
            accepted.add(event);
        }
        return answer;
    }
}
