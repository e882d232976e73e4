package org.storysign.plugins.rest.hooks;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of POST /hooks/{hook_name}, for its description; it is read by the room {@code hook}. */
@Schema(
        name = "HookCallForm",
        examples =
                "{\"type\": \"filter\", \"user_id\": \"u-1\", \"module_name\": \"asl-world\", \"result\": {\"story\": \"…\"}}")
record HookCallForm(
        @Schema(
                description = "When, and what the answer means",
                required = true,
                enumeration = {"before", "after", "replace", "filter"})
        String type,

        @Schema(description = "The product's function it is about; none means any")
        String target,

        @Schema(name = "user_id", description = "On whose behalf")
        String userId,

        @Schema(name = "session_id") String sessionId,

        @Schema(name = "module_name", description = "The product's module; plugins for other modules are skipped")
        String moduleName,

        @Schema(name = "request_data", description = "Any JSON, shown to handlers")
        Object requestData,

        @Schema(description = "The arguments in order") List<Object> args,
        @Schema(description = "The arguments by name") Map<String, Object> kwargs,

        @Schema(description = "What the product came to, for filter and after")
        Object result,

        @Schema(name = "deadline_ms", description = "Lowers the total deadline of 5,000 ms", examples = "1000")
        Long deadlineMs) {}
