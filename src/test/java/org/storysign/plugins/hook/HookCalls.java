package org.storysign.plugins.hook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.manifest.HookName;
import org.storysign.plugins.problem.StrictJson;
import org.storysign.plugins.problem.Violations;

/** Hook calls as the product would send them. */
final class HookCalls {

    private HookCalls() {}

    static HookCall filter(String result) {
        return of("{\"type\":\"filter\",\"result\":" + result + "}");
    }

    static HookCall filter(String result, String fields) {
        return of("{\"type\":\"filter\",\"result\":" + result + "," + fields + "}");
    }

    static HookCall of(String body) {
        return new HookCallReader().read(TenantId.DEFAULT, new HookName("story"), object(body));
    }

    static ObjectNode object(String json) {
        Violations violations = new Violations();
        ObjectNode object = (ObjectNode) new StrictJson(100).read(json, violations);
        if (!violations.isEmpty()) {
            throw new AssertionError(violations.list());
        }
        return object;
    }
}
