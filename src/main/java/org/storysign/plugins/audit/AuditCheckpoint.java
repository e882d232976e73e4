package org.storysign.plugins.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Pattern;
import org.storysign.plugins.identity.TenantId;

/**
 * What a tenant's trail had come to at some time. Signed and kept elsewhere, it proves later that nothing before it was taken away or
 * written anew, the last entries and the whole chain included.
 *
 * @param sequence the number of the last entry; 0 when there was none
 * @param hash its hash; of an empty trail {@link AuditChain#start}
 * @param at when this was said, to the second
 */
public record AuditCheckpoint(TenantId tenant, long sequence, String hash, Instant at) {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public AuditCheckpoint {
        if (sequence < 0 || !HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException("a checkpoint has a number from 0 and a hash of 64 hexadecimal digits");
        }
    }

    /** What is signed. */
    public byte[] bytes() {
        return ("storysign audit checkpoint v1\ntenant " + tenant + "\nsequence " + sequence + "\nhash " + hash
                        + "\nat " + at + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
