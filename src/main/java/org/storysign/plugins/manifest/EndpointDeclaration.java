package org.storysign.plugins.manifest;

/**
 * An HTTP endpoint a plugin offers under its own path.
 *
 * @param name unique within the plugin
 * @param path starts with {@code /}
 * @param method upper case
 * @param handler the export to call
 * @param auth who may call it
 */
public record EndpointDeclaration(String name, String path, String method, String handler, Auth auth) {

    /** Who may call an endpoint. */
    public enum Auth {
        USER,
        CALLER,
        PUBLIC
    }
}
