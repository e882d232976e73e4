package org.storysign.plugins;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.plugin.SignatureTrust;
import org.storysign.plugins.problem.BadSettingException;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.StrictJson;
import org.storysign.plugins.problem.Violations;
import org.storysign.plugins.signature.SignaturePolicy;
import org.storysign.plugins.signature.TrustedKey;
import org.storysign.plugins.signature.VerificationKey;

/** Whose signatures packages need. */
@ConfigMapping(prefix = "storysign.signatures")
interface SignaturesConfig {

    /** A file such as {@code {"from": "standard", "all_of": ["storysign"], "keys": {"storysign": ["-----BEGIN …"]}}}. */
    Optional<Path> policy();

    default SignatureTrust trust() {
        return policy().map(file -> {
                    try {
                        return PolicyText.read(Files.readAllBytes(file));
                    } catch (IOException e) {
                        throw new BadSettingException("storysign.signatures.policy", file, "a file that can be read");
                    } catch (ProblemException | IllegalArgumentException invalid) {
                        throw new BadSettingException(
                                "storysign.signatures.policy", file, "a policy: " + invalid.getMessage());
                    }
                })
                .orElse(SignatureTrust.USUAL);
    }

    /** The policy as JSON: {@code from}, {@code all_of}, {@code any_of {publishers, at_least}} and {@code keys}. */
    final class PolicyText {

        private static final int MOST = 100;
        private static final Set<String> MEMBERS = Set.of("from", "all_of", "any_of", "keys");

        private PolicyText() {}

        static SignatureTrust read(byte[] text) {
            Violations violations = new Violations();
            JsonNode json = new StrictJson(10).read(text, violations);
            violations.refuse(ProblemCode.REQUEST_INVALID, "the policy");
            Optional<JsonFields> fields = JsonFields.of(json, "", violations, MEMBERS);
            violations.refuse(ProblemCode.REQUEST_INVALID, "the policy");
            SignatureTrust trust = read(fields.orElseThrow(), violations);
            violations.refuse(ProblemCode.REQUEST_INVALID, "the policy");
            return trust;
        }

        private static SignatureTrust read(JsonFields fields, Violations violations) {
            List<String> levels = Stream.of(SecurityLevel.MINIMAL, SecurityLevel.STANDARD, SecurityLevel.STRICT)
                    .map(SecurityLevel::publicName)
                    .toList();
            SecurityLevel from = fields.oneOf(
                            "from",
                            text -> Optional.of(text).filter(levels::contains).flatMap(SecurityLevel::parse),
                            levels)
                    .orElse(SecurityLevel.STRICT);
            Set<String> allOf = publishers(fields, "all_of");
            Optional<JsonFields> any = fields.object("any_of")
                    .map(object -> new JsonFields(object, "/any_of", violations, Set.of("publishers", "at_least")));
            Set<String> anyOf = any.map(some -> publishers(some, "publishers")).orElse(Set.of());
            int atLeast = any.flatMap(some -> some.integer("at_least", 1, MOST))
                    .map(Long::intValue)
                    .orElse(allOf.isEmpty() || any.isPresent() ? 1 : 0);
            return new SignatureTrust(new SignaturePolicy(from, allOf, anyOf, atLeast), keys(fields));
        }

        private static Set<String> publishers(JsonFields fields, String name) {
            Set<String> publishers = new HashSet<>();
            fields.array(name, MOST)
                    .ifPresent(array -> array.forEach(node -> {
                        if (TrustedKey.PUBLISHER.matcher(node.asText("")).matches()) {
                            publishers.add(node.asText());
                        } else {
                            fields.report(
                                    name, "has something that is no publisher's name matching " + TrustedKey.PUBLISHER);
                        }
                    }));
            return publishers;
        }

        private static List<TrustedKey> keys(JsonFields fields) {
            List<TrustedKey> keys = new ArrayList<>();
            fields.object("keys")
                    .ifPresent(object -> object.properties()
                            .forEach(publisher -> publisher
                                    .getValue()
                                    .forEach(pem -> VerificationKey.parse(pem.asText(""))
                                            .filter(key -> TrustedKey.PUBLISHER
                                                    .matcher(publisher.getKey())
                                                    .matches())
                                            .ifPresentOrElse(
                                                    key -> keys.add(new TrustedKey(
                                                            publisher.getKey(),
                                                            key,
                                                            Instant.EPOCH,
                                                            Optional.empty(),
                                                            Optional.empty())),
                                                    () -> fields.report(
                                                            "keys",
                                                            "has something that is not a publisher's name with "
                                                                    + VerificationKey.EXPECTED)))));
            return keys;
        }
    }
}
