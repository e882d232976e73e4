package org.storysign.plugins.platform;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.problem.ProblemException;

/**
 * Port: models that the operator connected. Blocking. What is not connected, does not answer or answers something else fails with
 * {@code ProblemException} {@code ai-unavailable}; what takes longer than {@code timeout} with {@code service-timeout}.
 */
public interface AiService {

    /** Nothing is connected. */
    AiService NONE = new NoAi();

    /** Lets the text model go on from the messages. Never fails by an exception: whether it cost something must be known. */
    Completion complete(Prompt prompt, Duration timeout);

    /** Which sign a hand makes. */
    Gesture analyzeGesture(Hand hand, Duration timeout);

    /** Where hands are in a picture. */
    List<Hand> findHands(Picture picture, Duration timeout);

    /**
     * What a text model is asked.
     *
     * @param messages 1 or more
     * @param mostTokens most tokens of the answer
     * @param temperature 0 to 2; empty for the model's usual
     */
    record Prompt(List<Message> messages, int mostTokens, Optional<Double> temperature) {

        public Prompt {
            messages = List.copyOf(messages);
        }
    }

    /** {@code role} is system, user or assistant. */
    record Message(String role, String content) {}

    /** What became of a prompt. */
    sealed interface Completion {

        /** An answer. {@code finish} is as the model says, such as {@code stop} or {@code length}. */
        record Answered(String text, String finish, Tokens tokens) implements Completion {}

        /** There is no answer and nothing was used. */
        record NotUsed(ProblemException problem) implements Completion {}

        /** There is no answer, but the model may have worked. */
        record Lost(ProblemException problem) implements Completion {}
    }

    /** Tokens read and written; empty when the model does not say. */
    record Tokens(Optional<Long> input, Optional<Long> output) {}

    /**
     * A hand.
     *
     * @param handedness left, right or unknown
     * @param landmarks the 21 points of a hand, each x, y and z; x and y from 0 to 1 within the picture
     */
    record Hand(String handedness, List<List<Double>> landmarks) {

        /** How many points a hand has. */
        public static final int POINTS = 21;

        public Hand {
            landmarks = List.copyOf(landmarks);
        }
    }

    /** A sign and how sure it is, from 0 to 1, with others that were considered. */
    record Gesture(String name, double confidence, List<Alternative> alternatives) {

        public Gesture {
            alternatives = List.copyOf(alternatives);
        }
    }

    record Alternative(String name, double confidence) {}

    /** A picture in {@code jpeg}, {@code png} or {@code webp}, base64. */
    record Picture(String format, String base64) {}
}
