package org.storysign.plugins.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.flipkart.zjsonpatch.JsonPatch;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class PayloadPatchTest {

    @Test
    void nothing_changed_is_an_empty_patch() {
        assertThat(patch("{\"args\":[1],\"result\":{\"a\":1}}", "{\"args\":[1],\"result\":{\"a\":1}}"))
                .isEmpty();
    }

    @Test
    void a_small_change_is_told_at_its_place() {
        assertThat(patch("{\"kwargs\":{\"level\":\"hard\",\"n\":1}}", "{\"kwargs\":{\"level\":\"easy\",\"n\":1}}"))
                .hasToString("[{\"op\":\"replace\",\"path\":\"/kwargs/level\",\"value\":\"easy\"}]");
    }

    @Test
    void a_large_payload_is_told_as_replaced_where_it_differs() {
        String before = "{\"args\":[7],\"result\":" + numbers(2_000, 0) + "}";
        String after = "{\"args\":[7],\"result\":" + numbers(2_000, 1) + "}";

        JsonNode patch = patch(before, after);

        assertThat(patch).hasSize(1);
        assertThat(patch.get(0).path("op").textValue()).isEqualTo("replace");
        assertThat(patch.get(0).path("path").textValue()).isEqualTo("/result");
        assertThat(patch.get(0).path("value")).hasSize(2_000);
    }

    @Test
    void the_patch_of_any_size_makes_the_one_out_of_the_other() {
        for (int size : new int[] {1, 10, 400, 5_000}) {
            HookCall.Payload before = payload("{\"result\":" + numbers(size, 0) + "}");
            HookCall.Payload after = payload("{\"result\":" + numbers(size, 3) + "}");
            JsonNode document = HookCalls.object("{\"args\":[],\"kwargs\":{},\"result\":" + before.result() + "}");

            JsonNode patched = JsonPatch.apply(PayloadPatch.between(before, after), document);

            assertThat(patched.path("result")).isEqualTo(after.result());
        }
    }

    @Test
    void what_a_plugin_makes_large_does_not_take_long() {
        HookCall.Payload before = payload("{\"result\":" + numbers(100_000, 0) + "}");
        HookCall.Payload after = payload("{\"result\":" + numbers(100_000, 1) + "}");

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(PayloadPatch.between(before, after)).hasSize(1));
    }

    private static JsonNode patch(String before, String after) {
        return PayloadPatch.between(payload(before), payload(after));
    }

    private static HookCall.Payload payload(String members) {
        String type = "{\"type\":\"filter\",";
        return HookCalls.of(type + members.substring(1)).payload();
    }

    /** {@code [offset, 1 + 2 * offset, 2 + 3 * offset, …]}: different everywhere for a different offset. */
    private static String numbers(int count, int offset) {
        StringBuilder list = new StringBuilder("[");
        for (int index = 0; index < count; index++) {
            list.append(index == 0 ? "" : ",").append(index + (index + 1) * offset);
        }
        return list.append("]").toString();
    }
}
