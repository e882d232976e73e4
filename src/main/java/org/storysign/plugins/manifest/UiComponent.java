package org.storysign.plugins.manifest;

/**
 * A piece of user interface a plugin brings.
 *
 * @param name unique within the plugin
 * @param slot where the product may show it
 * @param source a file of the package
 * @param props JSON object given to it, as text
 */
public record UiComponent(String name, String slot, String source, String props) {}
