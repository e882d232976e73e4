package org.storysign.plugins.problem;

/**
 * One thing wrong with a JSON document.
 *
 * @param pointer JSON Pointer (RFC 6901) to the place, {@code ""} for the whole document
 * @param detail what was found there and what was expected
 */
public record Violation(String pointer, String detail) {}
