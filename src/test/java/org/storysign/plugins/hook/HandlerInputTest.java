package org.storysign.plugins.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.EventId;
import org.storysign.plugins.identity.InvocationId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.kit.EnabledPlugins;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.manifest.FailurePolicy;
import org.storysign.plugins.plugin.EnabledPlugin;
import org.storysign.plugins.sandbox.chicory.Tiering;

class HandlerInputTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final UUID INVOCATION = UUID.fromString("00000000-0000-4000-8000-000000000001");

    @Test
    void a_handler_gets_the_call_and_for_whom_it_runs() {
        String full = """
                {"type":"filter","target":"world.generate","user_id":"u1","session_id":"s1","module_name":"asl-world",
                 "request_data":{"a":[1]},"args":[1],"kwargs":{"k":2},"result":"r"}""";

        String input = input(HookCalls.of(full));

        assertThat(input).isEqualTo("""
                        {"hook_name":"story","type":"filter","target":"world.generate","args":[1],"kwargs":{"k":2},"result":"r",\
                        "context":{"user_id":"u1","session_id":"s1","module_name":"asl-world","request_data":{"a":[1]},\
                        "plugin_id":"mask","tenant":"default","config":{"word":"frog"},"timestamp":"2026-01-02T03:04:05Z",\
                        "invocation_id":"00000000-0000-4000-8000-000000000001"}}""");
    }

    @Test
    void what_a_call_does_not_say_is_null_or_empty() {
        String input = input(HookCalls.of("{\"type\":\"before\"}"));

        assertThat(input)
                .startsWith(
                        "{\"hook_name\":\"story\",\"type\":\"before\",\"target\":null,\"args\":[],\"kwargs\":{},\"result\":null,"
                                + "\"context\":{\"user_id\":null,\"session_id\":null,\"module_name\":null,\"request_data\":null,");
    }

    @Test
    void a_handler_of_an_event_is_told_its_id_and_its_user_whatever_the_call_says() {
        HookCall.Event event = new HookCall.Event(
                EventId.parse("11111111-2222-4333-8444-555555555555").orElseThrow(), 1);

        String input = input(HookCalls.of("{\"type\":\"after\",\"user_id\":\"liar\",\"session_id\":\"s1\"}")
                .forEvent(event, Optional.of(new UserId("anna"))));

        assertThat(input)
                .contains("\"context\":{\"user_id\":\"anna\",\"session_id\":\"s1\",")
                .endsWith("\"invocation_id\":\"00000000-0000-4000-8000-000000000001\","
                        + "\"event_id\":\"11111111-2222-4333-8444-555555555555\"}}");
    }

    private static String input(HookCall call) {
        EnabledPlugin plugin =
                EnabledPlugins.of(TestSandbox.on(Tiering.INTERPRETED), "mask", "\"type\":\"filter\"", Guests.silent());
        ChainLink link = new ChainLink(
                plugin, plugin.plugin().active().manifest().hooks().getFirst(), FailurePolicy.OPEN);
        CallContext context = new CallContext(
                TenantId.DEFAULT, Optional.empty(), plugin.plugin().id(), new InvocationId(INVOCATION), 0);
        return new String(new HandlerInput(call).bytes(call.payload(), link, context, NOW), StandardCharsets.UTF_8);
    }
}
