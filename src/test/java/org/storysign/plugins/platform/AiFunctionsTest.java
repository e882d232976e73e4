package org.storysign.plugins.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.TestClock;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.platform.AiService.Completion;
import org.storysign.plugins.platform.AiService.Tokens;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

class AiFunctionsTest {

    private static final String HELLO =
            "{\"messages\": [{\"role\": \"user\", \"content\": \"Say hello\"}], \"max_tokens\": 75}";
    private static final String HAND = "[" + String.join(",", Collections.nCopies(21, "[0.1, 0.2, -0.3]")) + "]";

    /** A message of 9 bytes and 16 around it, and 75 to come: 100 tokens at most. */
    private static final AiTerms THREE_PROMPTS =
            new AiTerms(new AiLedger.Amount(300, 1_000_000), 2_000_000, 10_000_000, 100);

    private final TestClock clock = new TestClock();
    private final InMemoryAiLedger ledger = new InMemoryAiLedger();
    private final ScriptedAi ai = new ScriptedAi();
    private final PlatformGuest guest =
            guest(Grants.of(PermissionName.ACCESS_AI_SERVICES, PermissionName.ACCESS_VIDEO_STREAM));

    @Test
    void a_model_goes_on_from_the_messages_and_the_answer_comes_back() {
        assertThat(guest.call("ai_generate_text", HELLO))
                .isEqualTo("{\"ok\":{\"text\":\"Hello.\",\"finish\":\"stop\",\"tokens\":9}}");
        assertThat(ai.prompts()).singleElement().satisfies(prompt -> {
            assertThat(prompt.messages()).containsExactly(new AiService.Message("user", "Say hello"));
            assertThat(prompt.mostTokens()).isEqualTo(75);
            assertThat(prompt.temperature()).isEmpty();
        });
    }

    @Test
    void what_the_model_says_it_used_is_what_is_paid() {
        guest.call("ai_generate_text", HELLO);

        assertThat(used()).isEqualTo(new AiLedger.Amount(9, 7 * 2 + 2 * 10));
    }

    @Test
    void a_model_that_does_not_say_what_it_used_costs_the_most_it_could() {
        ai.answering(new Completion.Answered("Hello.", "stop", new Tokens(Optional.empty(), Optional.empty())));

        guest.call("ai_generate_text", HELLO);

        assertThat(used()).isEqualTo(new AiLedger.Amount(100, 25 * 2 + 75 * 10));
    }

    @Test
    void a_prompt_that_might_pass_the_budget_is_not_sent() {
        ai.answering(new Completion.Lost(new ProblemException(ProblemCode.SERVICE_TIMEOUT, "too slow")));
        for (int i = 0; i < 3; i++) {
            assertThat(guest.call("ai_generate_text", HELLO)).contains("service-timeout");
        }

        assertThat(guest.call("ai_generate_text", HELLO)).contains("quota-exceeded");
        assertThat(ai.prompts()).hasSize(3);
        assertThat(used().tokens()).isEqualTo(300);
    }

    @Test
    void a_refused_prompt_costs_nothing() {
        ai.answering(new Completion.NotUsed(new ProblemException(ProblemCode.AI_UNAVAILABLE, "down")));

        for (int i = 0; i < 10; i++) {
            assertThat(guest.call("ai_generate_text", HELLO)).contains("ai-unavailable");
        }

        assertThat(used()).isEqualTo(new AiLedger.Amount(0, 0));
    }

    @Test
    void money_ends_a_budget_too() {
        PlatformGuest poor = guest(
                new AiTerms(new AiLedger.Amount(1_000_000, 800), 2_000_000, 10_000_000, 100),
                Grants.of(PermissionName.ACCESS_AI_SERVICES));

        assertThat(poor.call("ai_generate_text", HELLO)).contains("\"ok\"");
        assertThat(poor.call("ai_generate_text", HELLO)).contains("quota-exceeded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"messages\": []}",
                "{\"messages\": [{\"role\": \"root\", \"content\": \"x\"}]}",
                "{\"messages\": [{\"role\": \"user\", \"content\": 1}]}",
                "{\"messages\": [{\"role\": \"user\", \"content\": \"x\", \"name\": \"ada\"}]}",
                "{\"messages\": \"x\"}",
                "{\"messages\": [{\"role\": \"user\", \"content\": \"x\"}], \"max_tokens\": 101}",
                "{\"messages\": [{\"role\": \"user\", \"content\": \"x\"}], \"max_tokens\": 0}",
                "{\"messages\": [{\"role\": \"user\", \"content\": \"x\"}], \"temperature\": 3}",
                "{\"messages\": [{\"role\": \"user\", \"content\": \"x\"}], \"model\": \"dearest\"}"
            })
    void what_is_no_prompt_is_refused_before_anything_is_paid(String input) {
        assertThat(guest.call("ai_generate_text", input)).contains("data-invalid");
        assertThat(used()).isEqualTo(new AiLedger.Amount(0, 0));
        assertThat(ai.prompts()).isEmpty();
    }

    @Test
    void more_messages_than_fifty_are_refused() {
        String many = String.join(",", Collections.nCopies(51, "{\"role\": \"user\", \"content\": \"x\"}"));

        assertThat(guest.call("ai_generate_text", "{\"messages\": [" + many + "]}"))
                .contains("data-invalid");
    }

    @Test
    void a_hand_becomes_a_sign() {
        assertThat(guest.call("ai_analyze_gesture", "{\"landmarks\": " + HAND + ", \"handedness\": \"left\"}"))
                .isEqualTo("{\"ok\":{\"gesture\":\"hello\",\"confidence\":0.9,"
                        + "\"alternatives\":[{\"gesture\":\"goodbye\",\"confidence\":0.05}]}}");
    }

    static Stream<String> noHands() {
        return Stream.of("[]", "[[1, 2, 3]]", HAND.replace("-0.3", "\"x\""), HAND.replace(", -0.3", ""), "{}", "null");
    }

    @ParameterizedTest
    @MethodSource("noHands")
    void what_is_no_hand_is_refused(String landmarks) {
        assertThat(guest.call("ai_analyze_gesture", "{\"landmarks\": " + landmarks + "}"))
                .contains("data-invalid");
    }

    @Test
    void a_picture_gives_hands_with_permission_for_video_alone() {
        PlatformGuest watcher = guest(Grants.of(PermissionName.ACCESS_VIDEO_STREAM));

        assertThat(watcher.call("ai_process_video_frame", "{\"format\": \"png\", \"image\": \"aGk=\"}"))
                .startsWith("{\"ok\":{\"hands\":[{\"handedness\":\"right\",\"landmarks\":[[0.5,0.5,0.0],");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"format\": \"gif\", \"image\": \"aGk=\"}",
                "{\"format\": \"png\", \"image\": \"?\"}",
                "{\"format\": \"png\", \"image\": \"\"}"
            })
    void what_is_no_picture_is_refused(String input) {
        assertThat(guest.call("ai_process_video_frame", input)).contains("data-invalid");
    }

    @Test
    void without_a_connection_the_guest_is_told_what_is_missing() {
        PlatformGate gate =
                new PlatformGate(new AiFunctions(AiService.NONE, new TextBudget(ledger, THREE_PROMPTS, clock)).all());
        PlatformGuest alone = new PlatformGuest(gate, guest.grants(), guest.data(), Optional.empty());

        assertThat(alone.call("ai_generate_text", HELLO))
                .isEqualTo("{\"error\":{\"code\":\"ai-unavailable\",\"message\":"
                        + "\"no service for text is connected; the operator may set `storysign.ai.text.url`\"}}");
        assertThat(alone.call("ai_analyze_gesture", "{\"landmarks\": " + HAND + "}"))
                .contains("ai-unavailable");
        assertThat(alone.call("ai_process_video_frame", "{\"format\": \"png\", \"image\": \"aGk=\"}"))
                .contains("ai-unavailable");
    }

    private PlatformGuest guest(Grants grants) {
        return guest(THREE_PROMPTS, grants);
    }

    private PlatformGuest guest(AiTerms terms, Grants grants) {
        PlatformGate gate = new PlatformGate(new AiFunctions(ai, new TextBudget(ledger, terms, clock)).all());
        return new PlatformGuest(gate, grants, new DataLimits(MemorySize.ZERO, 0), Optional.empty());
    }

    private AiLedger.Amount used() {
        return ledger.used(new AiLedger.Account(
                TenantId.DEFAULT, new PluginId("notes"), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
    }
}
