package org.storysign.plugins.wasm.scan;

import java.util.List;
import java.util.OptionalLong;

/**
 * What can be told of a module by looking at its bytes. The same bytes always give the same facts; every list is bounded.
 *
 * @param version which version of the looking made them; older ones are made again
 * @param bytes the module's size
 * @param functions how many it defines
 * @param start whether code runs whenever an instance is made
 * @param memoryPages pages of 64 KiB its memory has at the start; 0 without one
 * @param mostMemoryPages pages it says it may grow to; empty when it does not say
 * @param tableEntries 0 without a table
 * @param imports qualified names, sorted, each once
 * @param data its data segments
 * @param secrets what looks like one
 * @param moreSecrets how many more there are
 * @param hosts hosts of addresses ({@code https://…}) in it, sorted, each once
 * @param moreHosts whether there are more
 * @param producers languages and tools by its {@code producers} section (guest text, quoted)
 */
public record ModuleFacts(
        int version,
        long bytes,
        int functions,
        boolean start,
        long memoryPages,
        OptionalLong mostMemoryPages,
        long tableEntries,
        List<String> imports,
        Data data,
        List<EmbeddedSecret> secrets,
        long moreSecrets,
        List<String> hosts,
        boolean moreHosts,
        List<String> producers) {

    /** Of the present looking. */
    public static final int CURRENT = 1;

    public ModuleFacts {
        imports = List.copyOf(imports);
        secrets = List.copyOf(secrets);
        hosts = List.copyOf(hosts);
        producers = List.copyOf(producers);
    }

    /**
     * Data segments.
     *
     * @param segments how many
     * @param bytes in all of them
     * @param entropy bits a byte over all of them, 0 to 8, to two decimals
     * @param denseBytes bytes in blocks of 4 KiB with more than 7.5 bits a byte: encrypted, compressed or random
     */
    public record Data(int segments, long bytes, double entropy, long denseBytes) {}
}
