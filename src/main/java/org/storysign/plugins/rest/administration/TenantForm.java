package org.storysign.plugins.rest.administration;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.TenantPolicy;
import org.storysign.plugins.problem.JsonFields;

/** The body of POST /tenants: a name, and beside it what PUT takes. */
@Schema(name = "TenantForm", allOf = TenantPolicyForm.class)
record TenantForm(
        @Schema(description = "Matches [a-z0-9][a-z0-9-]{0,62}", required = true, examples = "acme")
        String tenant) {

    static final Set<String> MEMBERS = members();

    /** A tenant that shall be. */
    record Wanted(TenantId id, TenantPolicy policy) {}

    static Optional<Wanted> read(JsonFields fields) {
        fields.require("tenant");
        Optional<TenantId> id = fields.parsed("tenant", TenantForm::id, "a name matching [a-z0-9][a-z0-9-]{0,62}");
        Optional<TenantPolicy> policy = TenantPolicyForm.read(fields, 0);
        return id.flatMap(named -> policy.map(wanted -> new Wanted(named, wanted)));
    }

    static Optional<TenantId> id(String text) {
        try {
            return Optional.of(new TenantId(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Set<String> members() {
        Set<String> members = new HashSet<>(TenantPolicyForm.MEMBERS);
        members.add("tenant");
        return Set.copyOf(members);
    }
}
