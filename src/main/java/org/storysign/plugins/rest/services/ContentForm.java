package org.storysign.plugins.rest.services;

import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.ContentDraft;
import org.storysign.plugins.problem.JsonFields;

/** The body of PUT /store/content/{content_id}. */
@Schema(
        name = "ContentForm",
        examples =
                "{\"kind\": \"story\", \"language\": \"en\", \"title\": \"The fox\", \"text\": \"A fox runs through the snow.\"}")
record ContentForm(
        @Schema(name = "user_id", description = "Whose it is; all users' when absent")
        String userId,

        @Schema(description = "What it is, [a-z0-9][a-z0-9_.-]{0,63}", required = true)
        String kind,

        @Schema(description = "ISO 639, two or three letters; decides how its words are bent in searches")
        String language,

        @Schema(description = "One line of 1 to 200 characters", required = true)
        String title,

        @Schema(description = "At most 65,536 bytes of UTF-8", required = true)
        String text) {

    static final Set<String> MEMBERS = Set.of("user_id", "kind", "language", "title", "text");

    static Optional<ContentDraft> read(JsonFields fields) {
        Optional<UserId> user =
                fields.parsed("user_id", UserId::parse, "1 to 200 characters without control characters");
        return ContentDraft.read(fields, user);
    }
}
