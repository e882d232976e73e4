package org.storysign.plugins.platform.connect;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a service of the product's answers. */
record ServiceAnswer(int status, String type, String body) {

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ServiceAnswer given(int status, ObjectNode json) {
        return new ServiceAnswer(status, "application/json", json.toString());
    }

    static ServiceAnswer refused(int status, String code) {
        return new ServiceAnswer(
                status, "application/problem+json", object().put("code", code).toString());
    }
}
