package org.storysign.plugins.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.signature.SigningKey.Pair;

/** Which signatures count, and when they are enough. */
class SignatureCheckTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final PackageStatement STATEMENT = new PackageStatement("{\"id\":\"a\"}\nsha256:1");
    private static final Pair ACME = SigningKey.generate(KeyAlgorithm.ED25519);
    private static final Pair PARTNER = SigningKey.generate(KeyAlgorithm.ECDSA_P256);
    private static final Pair STRANGER = SigningKey.generate(KeyAlgorithm.ED25519);

    @ParameterizedTest
    @EnumSource(KeyAlgorithm.class)
    void what_a_key_signs_verifies_with_its_public_half_as_text_and_with_nothing_else(KeyAlgorithm algorithm) {
        Pair pair = SigningKey.generate(algorithm);
        SigningKey again = SigningKey.parse(pair.signing().pem()).orElseThrow();
        VerificationKey trusted = VerificationKey.parse(pair.verifying().pem()).orElseThrow();

        byte[] signature = again.sign(STATEMENT).value();

        assertThat(trusted).isEqualTo(pair.verifying());
        assertThat(trusted.verifies(STATEMENT, signature)).isTrue();
        assertThat(trusted.verifies(new PackageStatement(STATEMENT.text() + " "), signature))
                .isFalse();
        assertThat(SigningKey.generate(algorithm).verifying().verifies(STATEMENT, signature))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(KeyAlgorithm.class)
    void no_bit_of_a_signature_can_be_changed_or_left_out(KeyAlgorithm algorithm) {
        Pair pair = SigningKey.generate(algorithm);
        byte[] signature = pair.signing().sign(STATEMENT).value();

        for (int bit = 0; bit < signature.length * 8; bit++) {
            byte[] changed = signature.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(pair.verifying().verifies(STATEMENT, changed))
                    .as("bit %d", bit)
                    .isFalse();
        }
        for (int length = 0; length < signature.length; length++) {
            assertThat(pair.verifying().verifies(STATEMENT, java.util.Arrays.copyOf(signature, length)))
                    .as("%d bytes", length)
                    .isFalse();
        }
    }

    @Test
    void one_signature_of_anybody_who_is_trusted_is_enough_by_the_usual_policy() {
        SignatureCheck check = check(SignaturePolicy.USUAL, trusted("acme", ACME), trusted("partner", PARTNER));

        assertThat(check.require(STATEMENT, List.of(sign(STRANGER), sign(PARTNER))))
                .containsExactly("partner");
    }

    @Test
    void two_keys_of_one_publisher_are_one_publisher() {
        Pair second = SigningKey.generate(KeyAlgorithm.ED25519);
        SignaturePolicy two = new SignaturePolicy(SecurityLevel.STRICT, Set.of(), Set.of(), 2);
        SignatureCheck check = check(two, trusted("acme", ACME), trusted("acme", second));

        assertThat(refused(check, sign(ACME), sign(second)).detail())
                .contains("at least 2 of the trusted publishers must sign, and 1 did");
    }

    @Test
    void all_of_and_any_of_must_both_be_met() {
        SignaturePolicy policy =
                new SignaturePolicy(SecurityLevel.STANDARD, Set.of("acme"), Set.of("partner", "auditor"), 1);
        SignatureCheck check = check(policy, trusted("acme", ACME), trusted("partner", PARTNER));

        assertThat(check.require(STATEMENT, List.of(sign(ACME), sign(PARTNER)))).containsExactly("acme", "partner");
        assertThat(refused(check, sign(PARTNER)).detail()).contains("all of acme must sign, and acme did not");
        assertThat(refused(check, sign(ACME)).detail()).contains("at least 1 of auditor, partner must sign, and 0 did");
    }

    @Test
    void a_key_counts_from_its_time_to_its_end_and_never_after_it_was_revoked() {
        Instant end = NOW.plus(Duration.ofDays(1));
        TrustedKey key = new TrustedKey("acme", ACME.verifying(), NOW, Optional.of(end), Optional.empty());

        assertThat(at(NOW, key).publishers(STATEMENT, List.of(sign(ACME)))).containsExactly("acme");
        assertThat(at(end.minusNanos(1), key).publishers(STATEMENT, List.of(sign(ACME))))
                .containsExactly("acme");
        assertThat(refused(at(end, key), sign(ACME)).detail()).contains("of acme expired at " + end);
        assertThat(refused(at(NOW.minusNanos(1), key), sign(ACME)).detail()).contains("is valid from " + NOW + " only");
        TrustedKey revoked = new TrustedKey("acme", ACME.verifying(), NOW, Optional.empty(), Optional.of(end));
        assertThat(refused(at(NOW, revoked), sign(ACME)).detail()).contains("was revoked at " + end);
    }

    @Test
    void a_signature_about_another_package_is_refused_whoever_made_it() {
        PackageSignature other = ACME.signing().sign(new PackageStatement("another"));

        assertThatThrownBy(() -> check(SignaturePolicy.USUAL).publishers(STATEMENT, List.of(other)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.SIGNATURE_REJECTED));
    }

    @Test
    void what_is_not_signed_is_told_how() {
        ProblemException problem = refused(check(SignaturePolicy.USUAL, trusted("acme", ACME)));

        assertThat(problem.code()).isEqualTo(ProblemCode.SIGNATURE_REQUIRED);
        assertThat(problem.detail()).contains("storysign plugin sign", "/publishers");
    }

    @Test
    void a_policy_that_needs_nobody_or_more_than_there_are_is_none() {
        assertThatThrownBy(() -> new SignaturePolicy(SecurityLevel.STRICT, Set.of(), Set.of(), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SignaturePolicy(SecurityLevel.STRICT, Set.of(), Set.of("acme"), 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SignaturePolicy(SecurityLevel.ISOLATED, Set.of(), Set.of(), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_policy_concerns_its_level_and_all_that_are_stricter() {
        assertThat(SignaturePolicy.USUAL.concerns(SecurityLevel.MINIMAL)).isFalse();
        assertThat(SignaturePolicy.USUAL.concerns(SecurityLevel.STANDARD)).isFalse();
        assertThat(SignaturePolicy.USUAL.concerns(SecurityLevel.STRICT)).isTrue();
        assertThat(SignaturePolicy.USUAL.concerns(SecurityLevel.ISOLATED)).isTrue();
    }

    private static TrustedKey trusted(String publisher, Pair pair) {
        return new TrustedKey(publisher, pair.verifying(), Instant.EPOCH, Optional.empty(), Optional.empty());
    }

    private static SignatureCheck check(SignaturePolicy policy, TrustedKey... keys) {
        return new SignatureCheck(List.of(keys), policy, NOW);
    }

    private static SignatureCheck at(Instant now, TrustedKey key) {
        return new SignatureCheck(List.of(key), SignaturePolicy.USUAL, now);
    }

    private static PackageSignature sign(Pair pair) {
        return pair.signing().sign(STATEMENT);
    }

    private static ProblemException refused(SignatureCheck check, PackageSignature... signatures) {
        return catchThrowableOfType(ProblemException.class, () -> check.require(STATEMENT, List.of(signatures)));
    }
}
