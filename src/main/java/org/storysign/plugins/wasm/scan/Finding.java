package org.storysign.plugins.wasm.scan;

/**
 * One thing the scan saw.
 *
 * @param rule the rule's name, kebab-case and public, such as {@code unknown-import}
 * @param severity what it means for the module
 * @param where the place in the module's own terms, such as {@code import env.foo}; guest text in it is quoted
 * @param message what was found, what was expected and what the author can change
 */
public record Finding(String rule, Severity severity, String where, String message) {}
