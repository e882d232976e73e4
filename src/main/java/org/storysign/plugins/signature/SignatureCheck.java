package org.storysign.plugins.signature;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * Finds who signed a package.
 *
 * @param trusted every key that was ever trusted, revoked ones too: they are named when they are found
 */
public record SignatureCheck(List<TrustedKey> trusted, SignaturePolicy policy, Instant now) {

    /** Who signed, and why the other signatures count for nothing. */
    private record Found(Set<String> publishers, List<String> others) {}

    /**
     * The publishers whose signatures count. Fails with {@code signature-rejected} when one is about another package; one of somebody who is not
     * trusted is no fault.
     */
    public Set<String> publishers(PackageStatement statement, List<PackageSignature> signatures) {
        return find(statement, signatures).publishers;
    }

    /**
     * Whether that is enough for the policy. Fails with {@code signature-required} when there are no signatures, with
     * {@code signature-rejected} when they are not enough, and says why.
     */
    public Set<String> require(PackageStatement statement, List<PackageSignature> signatures) {
        Found found = find(statement, signatures);
        Optional<String> unmet = policy.unmet(found.publishers);
        if (unmet.isEmpty()) {
            return found.publishers;
        }
        Map<FactKey, Object> facts = Map.of(FactKey.DIGEST, statement.digest().value());
        if (signatures.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.SIGNATURE_REQUIRED,
                    "the package is not signed: " + unmet.get()
                            + ". Sign it with `storysign plugin sign`, and have the publisher's key trusted at /publishers",
                    facts);
        }
        throw new ProblemException(
                ProblemCode.SIGNATURE_REJECTED,
                "the package's signatures do not suffice: " + unmet.get()
                        + (found.others.isEmpty() ? "" : "; " + String.join("; ", found.others)),
                facts);
    }

    private Found find(PackageStatement statement, List<PackageSignature> signatures) {
        Set<String> publishers = new TreeSet<>();
        List<String> others = new ArrayList<>();
        for (PackageSignature signature : signatures) {
            signature.about().filter(about -> !about.equals(statement.digest())).ifPresent(about -> {
                throw new ProblemException(
                        ProblemCode.SIGNATURE_REJECTED,
                        "a signature is about the package " + about + ", but this one is " + statement.digest(),
                        Map.of(
                                FactKey.FOUND,
                                about.value(),
                                FactKey.EXPECTED,
                                statement.digest().value()));
            });
            List<TrustedKey> makers = trusted.stream()
                    .filter(key -> key.key().verifies(statement, signature.value()))
                    .toList();
            makers.stream().filter(key -> key.defect(now).isEmpty()).forEach(key -> publishers.add(key.publisher()));
            if (makers.isEmpty()) {
                others.add("a signature fits no trusted key");
            }
            makers.forEach(key -> key.defect(now)
                    .ifPresent(why -> others.add("the key " + key.key() + " of " + key.publisher() + " " + why)));
        }
        return new Found(publishers, others);
    }
}
