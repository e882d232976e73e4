package org.storysign.plugins.manifest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Manifests as text, for tests. */
public final class ManifestText {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The example of the contract, section 3, as printed, with digests where it prints an ellipsis. */
    public static final String CONTRACT_EXAMPLE = """
            {
              "manifest_version": 1,
              "id": "enhanced-progress", "name": "Enhanced progress", "version": "1.2.0",
              "description": "Tracks practice and suggests a difficulty", "author": "StorySign", "license": "Apache-2.0", "homepage": "https://storysign.example",
              "entry_point": "plugin.wasm", "digest": "sha256:DIGEST", "files": {"ui/progress.html": "sha256:DIGEST"},
              "min_platform_version": "1.0.0", "supported_modules": ["asl-world"], "dependencies": {},
              "permissions": ["storage:read", "storage:write", "read:user_data", "write:user_data", "modify:ui",
                              {"name": "network:access", "hosts": ["api.storysign.example"], "methods": ["GET"], "reason": "fetches signs", "optional": true}],
              "hooks": [{"name": "story_generation", "type": "filter", "target": "asl_world.story.generate", "handler": "filter_story", "priority": 50, "on_error": "open"}],
              "ui_components": [{"name": "progress_widget", "slot": "dashboard.sidebar", "source": "ui/progress.html", "props": {}}],
              "api_endpoints": [{"name": "custom_analytics", "path": "/custom-analytics", "method": "GET", "handler": "get_custom_analytics", "auth": "user"}],
              "config_schema": {"type": "object", "properties": {}},
              "sandbox_config": {"security_level": "standard", "instance": "fresh"},
              "resource_limits": {"memory_mib": 16, "fuel": 20000000, "execution_time_ms": 200},
              "lifecycle": {"initialize": "initialize", "cleanup": "cleanup", "status": "get_status"}
            }
            """.replace("DIGEST", "0123456789abcdef".repeat(4));

    /** The least a manifest must have. */
    public static final String LEAST = """
            {"manifest_version": 1, "id": "resizer", "name": "Resizer", "version": "1.0.0", "entry_point": "plugin.wasm"}
            """;

    private ManifestText() {}

    /** The least manifest with members of a JSON object added or replaced; null removes. */
    public static String with(String members) {
        return changed(LEAST, object -> {
            ObjectNode added = object(members);
            added.properties().forEach(member -> object.set(member.getKey(), member.getValue()));
            added.properties().forEach(member -> {
                if (member.getValue().isNull()) {
                    object.remove(member.getKey());
                }
            });
        });
    }

    public static String changed(String manifest, Consumer<ObjectNode> change) {
        ObjectNode object = object(manifest);
        change.accept(object);
        return object.toString();
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode object(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
