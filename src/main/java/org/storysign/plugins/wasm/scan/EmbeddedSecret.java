package org.storysign.plugins.wasm.scan;

/**
 * Something in a module that looks like a secret.
 *
 * @param kind such as {@code AWS access key}
 * @param where the part of the module; guest text in it is quoted
 * @param offset of its first byte in the module
 * @param length in bytes
 * @param shown what may be shown of it: never more than what all of its kind begin with
 */
public record EmbeddedSecret(String kind, String where, long offset, long length, String shown) {}
