package org.storysign.plugins.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.problem.ProblemCode;

/**
 * {@code ai_generate_text}, {@code ai_analyze_gesture} and {@code ai_process_video_frame}: models that the operator connected. Text is
 * paid from the plugin's budget of the day ({@link TextBudget}) before the model is asked.
 */
public final class AiFunctions {

    static final int MOST_MESSAGES = 50;

    private final AiService service;
    private final TextBudget budget;

    public AiFunctions(AiService service, TextBudget budget) {
        this.service = service;
        this.budget = budget;
    }

    /** To be registered with the {@link PlatformGate}. */
    public List<PlatformFunction> all() {
        List<PlatformFunction> all = new ArrayList<>(withoutCost());
        all.add(new PlatformFunction(
                "ai_generate_text",
                PlatformService.AI,
                Set.of(PermissionName.ACCESS_AI_SERVICES),
                Set.of("messages", "max_tokens", "temperature"),
                this::generateText));
        return List.copyOf(all);
    }

    /** Those that leave nothing and cost nothing: for dry runs too. */
    public List<PlatformFunction> withoutCost() {
        return List.of(
                new PlatformFunction(
                        "ai_analyze_gesture",
                        PlatformService.AI,
                        Set.of(PermissionName.ACCESS_AI_SERVICES),
                        Set.of("landmarks", "handedness"),
                        this::analyzeGesture),
                new PlatformFunction(
                        "ai_process_video_frame",
                        PlatformService.AI,
                        Set.of(PermissionName.ACCESS_VIDEO_STREAM),
                        Set.of("image", "format"),
                        this::processFrame));
    }

    /** {@code {"messages": [{"role", "content"}], "max_tokens"?, "temperature"?}} → {@code {"text", "finish", "tokens"}}. */
    private JsonNode generateText(PlatformCall call, JsonFields input) {
        AiService.Prompt prompt = AiInput.prompt(input, budget.largestAnswer());
        input.refuse(ProblemCode.DATA_INVALID, "the input");
        TextBudget.Paid paid = budget.pay(call, prompt);
        AiService.Completion completion = call.waiting(() -> service.complete(prompt, call.timeLeft()));
        return switch (completion) {
            case AiService.Completion.Answered answered -> {
                AiLedger.Amount used = paid.settle(call, answered.tokens());
                yield GuestJson.NODES
                        .objectNode()
                        .put("text", answered.text())
                        .put("finish", answered.finish())
                        .put("tokens", used.tokens());
            }
            case AiService.Completion.NotUsed notUsed -> {
                paid.giveBack(call);
                throw notUsed.problem();
            }
            case AiService.Completion.Lost lost -> throw lost.problem();
        };
    }

    /** {@code {"landmarks": [[x, y, z] × 21], "handedness"?}} → {@code {"gesture", "confidence", "alternatives"}}. */
    private JsonNode analyzeGesture(PlatformCall call, JsonFields input) {
        AiService.Hand hand = AiInput.hand(input);
        input.refuse(ProblemCode.DATA_INVALID, "the input");
        AiService.Gesture gesture = call.waiting(() -> service.analyzeGesture(hand, call.timeLeft()));
        ObjectNode answer =
                GuestJson.NODES.objectNode().put("gesture", gesture.name()).put("confidence", gesture.confidence());
        ArrayNode others = answer.putArray("alternatives");
        gesture.alternatives()
                .forEach(each -> others.addObject().put("gesture", each.name()).put("confidence", each.confidence()));
        return answer;
    }

    /** {@code {"image": base64, "format"}} → {@code {"hands": [{"handedness", "landmarks"}]}}. */
    private JsonNode processFrame(PlatformCall call, JsonFields input) {
        AiService.Picture picture = AiInput.picture(input);
        input.refuse(ProblemCode.DATA_INVALID, "the input");
        ArrayNode hands = GuestJson.NODES.arrayNode();
        for (AiService.Hand hand : call.waiting(() -> service.findHands(picture, call.timeLeft()))) {
            ArrayNode points =
                    hands.addObject().put("handedness", hand.handedness()).putArray("landmarks");
            hand.landmarks().forEach(point -> point.forEach(points.addArray()::add));
        }
        return GuestJson.NODES.objectNode().set("hands", hands);
    }
}
