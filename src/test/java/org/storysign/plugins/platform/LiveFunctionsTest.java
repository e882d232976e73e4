package org.storysign.plugins.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;

class LiveFunctionsTest {

    private final List<LiveMessage> sent = new ArrayList<>();
    private final PlatformGate gate =
            new PlatformGate(new LiveFunctions((message, timeout) -> sent.add(message)).all());
    private final PlatformGuest guest = new PlatformGuest(
            gate, Grants.of(PermissionName.MODIFY_UI), new DataLimits(MemorySize.ofMiB(1), 1), Optional.empty());

    @Test
    void a_message_goes_to_the_user_of_the_call() {
        String answer = guest.onBehalfOf("ada").call("live_send", "{\"channel\":\"c\",\"payload\":{\"a\":1}}");

        assertThat(sent).singleElement().satisfies(message -> {
            assertThat(message.user()).contains(new UserId("ada"));
            assertThat(message.channel()).contains("c");
            assertThat(message.payload()).isEqualTo("{\"a\":1}");
            assertThat(answer).isEqualTo("{\"ok\":{\"message_id\":\"" + message.id() + "\"}}");
        });
    }

    @Test
    void a_broadcast_goes_to_nobody_by_name() {
        assertThat(guest.call("live_broadcast", "{\"channel\":\"class:7\",\"payload\":null}"))
                .startsWith("{\"ok\"");

        assertThat(sent)
                .singleElement()
                .satisfies(message -> assertThat(message.user()).isEmpty());
    }

    @Test
    void another_user_than_the_calls_is_refused() {
        String input = "{\"user_id\":\"ben\",\"payload\":1}";

        assertThat(guest.onBehalfOf("ada").call("live_send", input))
                .startsWith("{\"error\":{\"code\":\"permission-denied\"");
        assertThat(guest.call("live_send", input)).startsWith("{\"error\":{\"code\":\"permission-denied\"");
        assertThat(sent).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"payload\":1}",
                "{\"channel\":\"c\"}",
                "{\"channel\":\"*\",\"payload\":1}",
                "{\"channel\":7,\"payload\":1}",
                "{\"channel\":\"c\",\"payload\":1,\"tenant\":\"other\"}"
            })
    void what_is_no_broadcast_is_refused(String input) {
        assertThat(guest.call("live_broadcast", input)).startsWith("{\"error\":{\"code\":\"data-invalid\"");
        assertThat(sent).isEmpty();
    }

    @Test
    void a_payload_is_bounded() {
        String fits = "\"" + "x".repeat(LiveMessage.LARGEST_PAYLOAD - 2) + "\"";
        String tooLarge = "\"x" + fits.substring(1);

        assertThat(guest.call("live_broadcast", "{\"channel\":\"c\",\"payload\":" + tooLarge + "}"))
                .startsWith("{\"error\":{\"code\":\"data-invalid\"");
        assertThat(guest.call("live_broadcast", "{\"channel\":\"c\",\"payload\":" + fits + "}"))
                .startsWith("{\"ok\"");
    }
}
