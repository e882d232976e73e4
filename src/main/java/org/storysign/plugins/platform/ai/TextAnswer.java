package org.storysign.plugins.platform.ai;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.storysign.plugins.platform.AiService.Completion;
import org.storysign.plugins.platform.AiService.Tokens;

/** Collects a completion: from server-sent events of deltas, or from one object. */
final class TextAnswer {

    private static final String DATA = "data:";
    private static final String DONE = "[DONE]";

    private final StringBuilder text = new StringBuilder();
    private String finish = "";
    private Optional<Long> input = Optional.empty();
    private Optional<Long> output = Optional.empty();
    private boolean done;

    private TextAnswer() {}

    /** Empty when it is no completion, or its end is missing. */
    static Optional<Completion.Answered> read(String body) {
        TextAnswer answer = new TextAnswer();
        boolean understood = body.stripLeading().startsWith("{") ? answer.whole(body) : answer.stream(body);
        return understood && answer.done
                ? Optional.of(new Completion.Answered(
                        answer.text.toString(), answer.finish, new Tokens(answer.input, answer.output)))
                : Optional.empty();
    }

    private boolean whole(String body) {
        done = true;
        return json(body).filter(json -> take(json, "message")).isPresent() && !finish.isEmpty();
    }

    private boolean stream(String body) {
        for (String line : body.lines().filter(each -> each.startsWith(DATA)).toList()) {
            String data = line.substring(DATA.length()).strip();
            if (data.equals(DONE)) {
                done = true;
            } else if (json(data).filter(json -> take(json, "delta")).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private boolean take(JsonNode json, String member) {
        if (!json.path("choices").isArray()) {
            return false;
        }
        JsonNode choice = json.path("choices").path(0);
        text.append(choice.path(member).path("content").asText(""));
        if (choice.path("finish_reason").isTextual()) {
            finish = choice.path("finish_reason").textValue();
        }
        JsonNode usage = json.path("usage");
        if (usage.isObject()) {
            input = count(usage.path("prompt_tokens"));
            output = count(usage.path("completion_tokens"));
        }
        return true;
    }

    private static Optional<Long> count(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= 0
                ? Optional.of(node.longValue())
                : Optional.empty();
    }

    private static Optional<JsonNode> json(String text) {
        return TextModel.json(text.getBytes(StandardCharsets.UTF_8)).filter(JsonNode::isObject);
    }
}
