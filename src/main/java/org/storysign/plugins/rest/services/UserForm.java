package org.storysign.plugins.rest.services;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.storysign.plugins.platform.UserDirectory;
import org.storysign.plugins.platform.records.UserRecords;
import org.storysign.plugins.problem.JsonFields;

/** The body of PUT /users/{user_id}. */
@Schema(
        name = "UserForm",
        examples = "{\"profile\": {\"name\": \"Anna\"}, \"progress\": {\"asl-world\": {\"level\": 3}}}")
record UserForm(
        @Schema(description = "What plugins may know of the user, at most 65,536 bytes; stays as it is when absent")
        Map<String, Object> profile,

        @Schema(
                description =
                        "How far the user has come, a member a module, at most 65,536 bytes; stays as it is when absent")
        Map<String, Object> progress,

        @Schema(description = "What the user prefers, at most 16,384 bytes; stays as it is when absent")
        Map<String, Object> preferences) {

    static final Set<String> MEMBERS = Set.of("profile", "progress", "preferences");

    static Optional<UserRecords.Update> read(JsonFields fields) {
        return Optional.of(new UserRecords.Update(
                document(fields, "profile", UserRecords.LARGEST_DOCUMENT),
                document(fields, "progress", UserRecords.LARGEST_DOCUMENT),
                document(fields, "preferences", UserDirectory.LARGEST_PREFERENCES)));
    }

    private static Optional<String> document(JsonFields fields, String name, int largest) {
        Optional<String> json = fields.object(name).map(JsonNode::toString);
        int size =
                json.map(text -> text.getBytes(StandardCharsets.UTF_8).length).orElse(0);
        if (size > largest) {
            fields.report(name, "has " + size + " bytes of JSON, expected at most " + largest);
        }
        return json;
    }
}
