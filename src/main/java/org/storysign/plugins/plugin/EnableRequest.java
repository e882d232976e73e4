package org.storysign.plugins.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.storysign.plugins.limits.SecurityLevel;

/**
 * What an operator says when enabling a plugin.
 *
 * @param grants a JSON array in the manifest's form; hosts and methods may be narrower than asked. Absent: what was granted last, which
 *     for a plugin that was never enabled is nothing
 * @param consent the id out of the {@code consent-required} that is agreed to
 * @param level a level other than the one that follows from tenant and manifest; a looser one needs consent
 */
public record EnableRequest(Optional<JsonNode> grants, Optional<String> consent, Optional<SecurityLevel> level) {

    /** Grants nothing new, consents to nothing. */
    public static final EnableRequest PLAIN = new EnableRequest(Optional.empty(), Optional.empty(), Optional.empty());

    /** Whether nothing is said. */
    boolean isPlain() {
        return equals(PLAIN);
    }

    public static EnableRequest granting(JsonNode grants) {
        return new EnableRequest(Optional.of(grants), Optional.empty(), Optional.empty());
    }

    public EnableRequest withConsent(String id) {
        return new EnableRequest(grants, Optional.of(id), level);
    }
}
