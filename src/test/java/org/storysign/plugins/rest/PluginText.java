package org.storysign.plugins.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A manifest under construction. */
public final class PluginText {

    private final ObjectNode manifest = JsonNodeFactory.instance.objectNode();

    private PluginText(String id) {
        manifest.put("manifest_version", 1);
        manifest.put("id", id);
        manifest.put("name", "Test plugin");
        manifest.put("version", "1.0.0");
        manifest.put("description", "Does what a test needs");
        manifest.put("author", "The tests");
        manifest.put("entry_point", "plugin.wasm");
    }

    public static PluginText named(String id) {
        return new PluginText(id);
    }

    public String id() {
        return manifest.get("id").textValue();
    }

    public PluginText version(String version) {
        manifest.put("version", version);
        return this;
    }

    /** Subscribes {@code handle}. */
    public PluginText hook(String name, String type, int priority, String onError) {
        manifest.withArray("hooks")
                .addObject()
                .put("name", name)
                .put("type", type)
                .put("handler", "handle")
                .put("priority", priority)
                .put("on_error", onError);
        return this;
    }

    public PluginText hook(String name, String type) {
        return hook(name, type, 100, "open");
    }

    /** Any member. */
    public PluginText with(String member, Object value) {
        manifest.set(member, new com.fasterxml.jackson.databind.ObjectMapper().valueToTree(value));
        return this;
    }

    @Override
    public String toString() {
        return manifest.toString();
    }
}
