package org.storysign.plugins.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.manifest.ConfigSchema;
import org.storysign.plugins.secret.SealedSecret;
import org.storysign.plugins.secret.SecretCipher;
import org.storysign.plugins.secret.SecretPlace;

/**
 * The secrets of configurations: values whose schema says {@code writeOnly}. They are sealed as soon as a configuration was checked and
 * opened when its plugin is loaded. Safe for concurrent use.
 */
@Singleton
public final class ConfigSecrets {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SecretCipher cipher;

    @Inject
    public ConfigSecrets(SecretCipher cipher) {
        this.cipher = cipher;
    }

    /** Where a plugin's secret belongs. */
    public static SecretPlace place(TenantId tenant, PluginId plugin, String pointer) {
        return SecretPlace.of("config", tenant.value(), plugin.value(), pointer);
    }

    /** A copy of an open configuration in which each secret is sealed. Fails with {@code secrets-unavailable}. */
    ObjectNode sealed(Plugin plugin, ObjectNode open) {
        ObjectNode sealed = open.deepCopy();
        Set<String> secrets = new ConfigSchema(plugin.active().manifest().configSchema()).secrets(open);
        secrets.stream()
                // What lies inside something sealed is sealed with it.
                .filter(pointer -> secrets.stream().noneMatch(other -> pointer.startsWith(other + "/")))
                .forEach(pointer -> SealedConfig.replace(
                        sealed,
                        pointer,
                        SealedConfig.node(cipher.seal(
                                open.at(pointer).toString().getBytes(StandardCharsets.UTF_8),
                                place(plugin.tenant(), plugin.id(), pointer)))));
        return sealed;
    }

    /** A copy of its configuration in which nothing is sealed. Fails with {@code secrets-unavailable}. */
    ObjectNode open(Plugin plugin) {
        return open(plugin, plugin.config());
    }

    ObjectNode open(Plugin plugin, ObjectNode config) {
        ObjectNode open = config.deepCopy();
        SealedConfig.secrets(config)
                .forEach((pointer, secret) -> SealedConfig.replace(open, pointer, value(plugin, pointer, secret)));
        return open;
    }

    private JsonNode value(Plugin plugin, String pointer, SealedSecret secret) {
        try {
            return JSON.readTree(new String(
                    cipher.open(secret, place(plugin.tenant(), plugin.id(), pointer)), StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was sealed was JSON"); // without the cause, which quotes it
        }
    }
}
