package org.storysign.plugins.rest.administration;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.security.ApiKey;
import org.storysign.plugins.security.KeyService.KeyRequest;

/** The body of POST /keys. */
@Schema(name = "KeyForm")
record KeyForm(
        @Schema(description = "For people and the audit trail, 1 to 100 characters", required = true, examples = "ci")
        String name,

        @Schema(
                description = "viewer, author, installer, operator, auditor, caller",
                required = true,
                examples = "[\"viewer\"]")
        List<String> roles,

        @Schema(description = "The plugins it is limited to; all when absent")
        List<String> plugins,

        @Schema(description = "`any`: requests may name users; `as-token` (the default): they may not")
        String users,

        @Schema(
                name = "expires_at",
                description = "When it ceases to be valid; a year from now when absent",
                examples = "2027-01-31T12:00:00Z")
        Instant expiresAt) {

    static final Set<String> MEMBERS = Set.of("name", "roles", "plugins", "users", "expires_at");

    private static final int MOST = 100;

    static Optional<KeyRequest> read(JsonFields fields, Instant now) {
        fields.require("name", "roles");
        Optional<String> name = fields.text("name");
        Set<Role> roles = each(fields, "roles", Role::parse, "is no role");
        Set<PluginId> plugins = each(fields, "plugins", PluginId::parse, "is no plugin id");
        ApiKey.Users users = fields.oneOf("users", KeyForm::users, List.of("any", "as-token"))
                .orElse(ApiKey.Users.AS_TOKEN);
        Optional<Instant> expiresAt =
                fields.parsed("expires_at", text -> later(text, now), "a time to come, such as 2027-01-31T12:00:00Z");
        return name.flatMap(given -> request(fields, () -> new KeyRequest(given, roles, plugins, users, expiresAt)));
    }

    private static Optional<KeyRequest> request(JsonFields fields, Supplier<KeyRequest> making) {
        try {
            return Optional.of(making.get());
        } catch (IllegalArgumentException e) {
            String complaint = String.valueOf(e.getMessage());
            fields.report(complaint.contains("roles") ? "roles" : "name", complaint);
            return Optional.empty();
        }
    }

    private static <T> Set<T> each(
            JsonFields fields, String name, Function<String, Optional<T>> parse, String complaint) {
        Set<T> values = new LinkedHashSet<>();
        for (JsonNode node :
                fields.array(name, MOST).<Iterable<JsonNode>>map(array -> array).orElse(List.of())) {
            parse.apply(node.asText(""))
                    .ifPresentOrElse(values::add, () -> fields.report(name, "has something that " + complaint));
        }
        return values;
    }

    private static Optional<ApiKey.Users> users(String text) {
        return Arrays.stream(ApiKey.Users.values())
                .filter(users -> KeyView.publicName(users).equals(text))
                .findFirst();
    }

    private static Optional<Instant> later(String text, Instant now) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant()).filter(now::isBefore);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
