package org.storysign.plugins.platform.sdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The examples of the reference page: those of plugin {@code notes}. */
public final class Examples {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Examples() {}

    public static JsonNode input(SdkFunction function) {
        try {
            return JSON.readTree(
                    function.description().example().input().toString().replace("PLUGIN_ID", "notes"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was JSON is JSON", e);
        }
    }
}
