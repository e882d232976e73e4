package org.storysign.plugins.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Models that answer what a test says, and keep what they were asked. */
public final class ScriptedAi implements AiService {

    private final List<Prompt> prompts = new ArrayList<>();
    private Completion next = new Completion.Answered("Hello.", "stop", new Tokens(Optional.of(7L), Optional.of(2L)));

    public ScriptedAi answering(Completion completion) {
        next = completion;
        return this;
    }

    public List<Prompt> prompts() {
        return prompts;
    }

    @Override
    public Completion complete(Prompt prompt, Duration timeout) {
        prompts.add(prompt);
        return next;
    }

    @Override
    public Gesture analyzeGesture(Hand hand, Duration timeout) {
        return new Gesture("hello", 0.9, List.of(new Alternative("goodbye", 0.05)));
    }

    @Override
    public List<Hand> findHands(Picture picture, Duration timeout) {
        return List.of(new Hand("right", Collections.nCopies(Hand.POINTS, List.of(0.5, 0.5, 0.0))));
    }
}
