package org.storysign.plugins.rest.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.LiveMessage;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.security.UserToken;
import org.storysign.plugins.security.UserTokens;

/** The body of POST /tokens. */
@Schema(name = "TokenForm")
record TokenForm(
        @Schema(name = "user_id", description = "1 to 200 characters, as the product names them", required = true)
        String userId,

        @Schema(description = "Seconds it is valid, 1 to 3600; 900 when absent")
        Integer ttl,

        @Schema(description = "The live channels it may listen to beside the user's own, at most 20")
        List<String> channels) {

    static final Set<String> MEMBERS = Set.of("user_id", "ttl", "channels");

    /** For whom, for how long, for what. */
    record Wanted(UserId user, Duration life, List<String> channels) {}

    static Optional<Wanted> read(JsonFields fields) {
        fields.require("user_id");
        Optional<UserId> user =
                fields.parsed("user_id", TokenForm::user, "1 to 200 characters without control characters");
        Duration life = fields.integer("ttl", 1, UserTokens.LONGEST.toSeconds())
                .map(Duration::ofSeconds)
                .orElse(UserTokens.USUAL);
        List<String> channels = channels(fields);
        return user.map(known -> new Wanted(known, life, channels));
    }

    private static List<String> channels(JsonFields fields) {
        List<String> channels = new ArrayList<>();
        fields.array("channels", UserToken.MOST_CHANNELS).ifPresent(array -> {
            for (JsonNode node : array) {
                if (node.isTextual()
                        && LiveMessage.CHANNEL.matcher(node.textValue()).matches()) {
                    channels.add(node.textValue());
                } else {
                    fields.report("channels", "has something that is no name matching " + LiveMessage.CHANNEL);
                }
            }
        });
        return channels;
    }

    private static Optional<UserId> user(String text) {
        try {
            return Optional.of(new UserId(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
