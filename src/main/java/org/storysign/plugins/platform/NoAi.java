package org.storysign.plugins.platform;

import java.time.Duration;
import java.util.List;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** No model is connected. */
final class NoAi implements AiService {

    @Override
    public Completion complete(Prompt prompt, Duration timeout) {
        return new Completion.NotUsed(missing("text"));
    }

    @Override
    public Gesture analyzeGesture(Hand hand, Duration timeout) {
        throw missing("gestures");
    }

    @Override
    public List<Hand> findHands(Picture picture, Duration timeout) {
        throw missing("frames");
    }

    private static ProblemException missing(String what) {
        return new ProblemException(
                ProblemCode.AI_UNAVAILABLE,
                "no service for " + what + " is connected; the operator may set `storysign.ai." + what + ".url`");
    }
}
