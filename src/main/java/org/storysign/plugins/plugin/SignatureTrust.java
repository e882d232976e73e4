package org.storysign.plugins.plugin;

import java.util.List;
import org.storysign.plugins.signature.SignaturePolicy;
import org.storysign.plugins.signature.TrustedKey;

/**
 * What the operator says of signatures, for all tenants.
 *
 * @param keys trusted beside those of each tenant
 */
public record SignatureTrust(SignaturePolicy policy, List<TrustedKey> keys) {

    public static final SignatureTrust USUAL = new SignatureTrust(SignaturePolicy.USUAL, List.of());

    public SignatureTrust {
        keys = List.copyOf(keys);
    }
}
