package org.storysign.plugins.rest.administration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.plugin.TenantPolicy;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.JsonFields;

/** The body of PUT /tenants/{tenant}: the whole policy; what is absent is as usual. */
@Schema(name = "TenantPolicyForm")
record TenantPolicyForm(
        @Schema(
                name = "usual_level",
                description = "Where a plugin runs when nobody says; `standard` when absent",
                examples = "standard")
        String usualLevel,

        @Schema(
                name = "loosest_level",
                description = "No plugin runs at a looser level; `minimal` when absent",
                examples = "standard")
        String loosestLevel,

        @Schema(
                name = "never_granted",
                description = "Permissions that no plugin is granted",
                examples = "[\"network:access\"]")
        List<String> neverGranted,

        @Schema(
                name = "most_plugins",
                description = "Plugins installed at the same time, 0 to 100,000; any number when absent",
                examples = "100")
        Integer mostPlugins) {

    static final Set<String> MEMBERS = Set.of("usual_level", "loosest_level", "never_granted", "most_plugins");

    private static final int MOST_PLUGINS = 100_000;
    private static final List<String> LEVELS =
            Arrays.stream(SecurityLevel.values()).map(SecurityLevel::publicName).toList();

    static Optional<TenantPolicy> read(JsonFields fields, long revision) {
        SecurityLevel usual = level(fields, "usual_level", TenantPolicy.USUAL.usual());
        SecurityLevel loosest = level(fields, "loosest_level", TenantPolicy.USUAL.loosest());
        Set<PermissionName> never = permissions(fields);
        Optional<Long> most = fields.integer("most_plugins", 0, MOST_PLUGINS);
        try {
            return Optional.of(new TenantPolicy(
                    usual,
                    loosest,
                    never,
                    most.map(number -> OptionalInt.of(number.intValue())).orElse(OptionalInt.empty()),
                    revision));
        } catch (IllegalArgumentException e) {
            fields.report("usual_level", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static SecurityLevel level(JsonFields fields, String name, SecurityLevel usual) {
        return fields.oneOf(name, SecurityLevel::parse, LEVELS).orElse(usual);
    }

    private static Set<PermissionName> permissions(JsonFields fields) {
        Set<PermissionName> names = new TreeSet<>();
        fields.array("never_granted", PermissionName.values().length).ifPresent(array -> {
            for (JsonNode node : array) {
                PermissionName.parse(node.asText(""))
                        .ifPresentOrElse(
                                names::add,
                                () -> fields.report(
                                        "never_granted",
                                        "has " + GuestText.quote(node.asText("")) + ", which is no permission"));
            }
        });
        return names;
    }
}
