package org.storysign.plugins.signature;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.storysign.plugins.limits.SecurityLevel;

/**
 * Whose signatures a package needs.
 *
 * @param from the loosest level at which signatures are needed; stricter ones need them too
 * @param allOf publishers each of whom must have signed
 * @param anyOf publishers of whom at least {@code atLeast} must have signed; empty for any that are trusted
 */
public record SignaturePolicy(SecurityLevel from, Set<String> allOf, Set<String> anyOf, int atLeast) {

    /** From strict on, one signature of anybody who is trusted. */
    public static final SignaturePolicy USUAL = new SignaturePolicy(SecurityLevel.STRICT, Set.of(), Set.of(), 1);

    public SignaturePolicy {
        allOf = Set.copyOf(allOf);
        anyOf = Set.copyOf(anyOf);
        if (!SecurityLevel.STRICT.atLeastAsStrictAs(from)) {
            throw new IllegalArgumentException("strict always needs signatures");
        }
        if (atLeast < (allOf.isEmpty() ? 1 : 0) || (!anyOf.isEmpty() && atLeast > anyOf.size())) {
            throw new IllegalArgumentException("so many signatures are none, or more than there are publishers");
        }
    }

    /** Whether packages need signatures at this level. */
    public boolean concerns(SecurityLevel level) {
        return level.atLeastAsStrictAs(from);
    }

    /** What is missing when these publishers have signed; empty when it is enough. */
    Optional<String> unmet(Set<String> signed) {
        List<String> missing = allOf.stream()
                .filter(publisher -> !signed.contains(publisher))
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            return Optional.of("all of " + list(allOf) + " must sign, and " + String.join(", ", missing) + " did not");
        }
        long counted = signed.stream()
                .filter(publisher -> anyOf.isEmpty() || anyOf.contains(publisher))
                .count();
        if (counted >= atLeast) {
            return Optional.empty();
        }
        return Optional.of("at least " + atLeast + " of " + (anyOf.isEmpty() ? "the trusted publishers" : list(anyOf))
                + " must sign, and " + counted + " did");
    }

    private static String list(Set<String> publishers) {
        return String.join(", ", new TreeSet<>(publishers));
    }
}
