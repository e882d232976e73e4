package org.storysign.plugins.limits;

/**
 * What a module may look like.
 *
 * @param moduleSize bytes of the module as it was uploaded
 * @param tableEntries entries of its table, 1 or more
 * @param functions functions it defines, 1 or more
 */
public record CodeLimits(MemorySize moduleSize, int tableEntries, int functions) {}
