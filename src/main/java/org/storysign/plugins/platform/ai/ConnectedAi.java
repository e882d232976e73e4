package org.storysign.plugins.platform.ai;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.platform.AiService;
import org.storysign.plugins.platform.connect.Endpoint;
import org.storysign.plugins.platform.connect.Exchange;

/** What the operator connected; the rest is {@code ai-unavailable}. Safe for concurrent use. */
public final class ConnectedAi implements AiService, AutoCloseable {

    private final Exchange exchange = new Exchange();
    private final Optional<TextModel> text;
    private final Optional<HandModel> gestures;
    private final Optional<HandModel> frames;

    /**
     * Where each kind is.
     *
     * @param text base of an OpenAI-compatible API, such as {@code https://api.openai.com/v1}
     * @param model which model to ask there
     */
    public record Connections(
            Optional<Endpoint> text, String model, Optional<Endpoint> gestures, Optional<Endpoint> frames) {}

    public ConnectedAi(Connections connections) {
        this.text = connections.text().map(endpoint -> new TextModel(endpoint, connections.model(), exchange));
        this.gestures = connections.gestures().map(endpoint -> new HandModel("gestures", endpoint, exchange));
        this.frames = connections.frames().map(endpoint -> new HandModel("frames", endpoint, exchange));
    }

    @Override
    public Completion complete(Prompt prompt, Duration timeout) {
        return text.map(model -> model.complete(prompt, timeout)).orElseGet(() -> NONE.complete(prompt, timeout));
    }

    @Override
    public Gesture analyzeGesture(Hand hand, Duration timeout) {
        return gestures.map(model -> model.analyze(hand, timeout)).orElseGet(() -> NONE.analyzeGesture(hand, timeout));
    }

    @Override
    public List<Hand> findHands(Picture picture, Duration timeout) {
        return frames.map(model -> model.find(picture, timeout)).orElseGet(() -> NONE.findHands(picture, timeout));
    }

    @Override
    public void close() {
        exchange.close();
    }
}
