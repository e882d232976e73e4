package org.storysign.plugins.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.EventId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.manifest.HookName;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

class EventIntakeTest {

    private static final EventLimits LIMITS = new EventLimits(10, 10, 3, new MemorySize(10));

    private final List<NewEvent> accepted = new ArrayList<>();
    private final EventIntake intake = new EventIntake(
            (event, limits, timeout) -> {
                accepted.add(event);
                return EventOutbox.Acceptance.ACCEPTED;
            },
            LIMITS);

    @Test
    void an_event_at_the_depth_limit_is_accepted_and_one_below_it_is_not() {
        NewEvent deepest = event(3, "{}");

        assertThat(intake.accept(deepest, Duration.ZERO)).isEqualTo(deepest.id());
        ProblemException refusal = refusal(event(4, "{}"));

        assertThat(refusal.code()).isEqualTo(ProblemCode.EMIT_DEPTH_EXCEEDED);
        assertThat(refusal.detail()).contains("number 4").contains("at most 3");
        assertThat(accepted).containsExactly(deepest);
    }

    @Test
    void a_size_is_counted_in_bytes_and_not_in_characters() {
        intake.accept(event(0, "{\"a\":\"é\"}"), Duration.ZERO);

        assertThat(refusal(event(0, "{\"a\":\"éé\"}")).code()).isEqualTo(ProblemCode.EVENT_TOO_LARGE);
        assertThat(accepted).hasSize(1);
    }

    private ProblemException refusal(NewEvent event) {
        return catchThrowableOfType(ProblemException.class, () -> intake.accept(event, Duration.ZERO));
    }

    private static NewEvent event(int depth, String call) {
        return new NewEvent(
                EventId.random(),
                new NewEvent.Sender(TenantId.DEFAULT, Optional.empty()),
                new HookName("saved"),
                Optional.empty(),
                Optional.empty(),
                depth,
                call);
    }
}
