package org.storysign.plugins.plugin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** A plugin's configuration as its guest sees it by {@code config_get}: text as it is, everything else as JSON text. */
public final class GuestConfig {

    private GuestConfig() {}

    public static Map<String, String> of(ObjectNode config) {
        Map<String, String> values = LinkedHashMap.newLinkedHashMap(config.size());
        config.properties()
                .forEach(member -> values.put(
                        member.getKey(),
                        member.getValue().isTextual()
                                ? member.getValue().textValue()
                                : member.getValue().toString()));
        return values;
    }
}
