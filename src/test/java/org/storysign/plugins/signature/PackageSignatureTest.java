package org.storysign.plugins.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Signatures and keys as other tools write them. */
class PackageSignatureTest {

    private static final PackageStatement STATEMENT = new PackageStatement("{\"id\":\"a\"}\nsha256:1");

    @Test
    void a_bundle_comes_back_as_it_was() {
        PackageSignature signature =
                SigningKey.generate(KeyAlgorithm.ECDSA_P256).signing().sign(STATEMENT);

        assertThat(read(signature.bundle())).isEqualTo(signature);
        assertThat(signature.about()).contains(STATEMENT.digest());
    }

    @Test
    void the_three_forms_that_cosign_has_written_are_read() {
        byte[] value = {1, 2, 3};
        String base64 = Base64.getEncoder().encodeToString(value);

        assertThat(read("""
                {"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
                 "verificationMaterial": {"publicKey": {"hint": "x"}, "tlogEntries": [{"logIndex": "1"}]},
                 "messageSignature": {"messageDigest": {"algorithm": "SHA2_256", "digest": "%s"}, "signature": "%s"}}
                """.formatted(Base64.getEncoder().encodeToString(new byte[32]), base64))
                        .value())
                .isEqualTo(value);
        assertThat(read("{\"base64Signature\": \"" + base64 + "\", \"cert\": \"\", \"rekorBundle\": {}}"))
                .isEqualTo(new PackageSignature(value, Optional.empty()));
        assertThat(read(base64 + "\n")).isEqualTo(new PackageSignature(value, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "{",
                "{}",
                "{\"messageSignature\": 7}",
                "{\"messageSignature\": {\"signature\": \"\"}}",
                "{\"messageSignature\": {\"signature\": \"!\"}}",
                "{\"messageSignature\": {\"signature\": \"AQID\", \"messageDigest\": {\"digest\": \"AQID\"}}}",
                "{\"messageSignature\": {\"signature\": \"AQID\", \"messageDigest\": {}}}",
                "{\"base64Signature\": null}",
                "{\"dsseEnvelope\": {\"payload\": \"AQID\"}}",
                "{\"base64Signature\": \"AQID\", \"base64Signature\": \"AQIE\"}",
                "AQ ID"
            })
    void what_holds_no_signature_is_refused(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.SIGNATURE_REJECTED));
    }

    @Test
    void a_signature_of_16_KiB_is_read_and_none_that_is_larger() {
        assertThat(read("A".repeat(PackageSignature.LARGEST)).value()).hasSize(PackageSignature.LARGEST / 4 * 3);
        assertThatThrownBy(() -> read("A".repeat(PackageSignature.LARGEST + 4)))
                .hasMessageContaining("expected at most 16384");
    }

    @Test
    void keys_of_other_kinds_and_curves_are_none() throws GeneralSecurityException {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2_048);
        KeyPairGenerator p384 = KeyPairGenerator.getInstance("EC");
        p384.initialize(new ECGenParameterSpec("secp384r1"));
        KeyPairGenerator ed448 = KeyPairGenerator.getInstance("Ed448");

        for (KeyPairGenerator generator : new KeyPairGenerator[] {rsa, p384, ed448}) {
            var pair = generator.generateKeyPair();
            assertThat(VerificationKey.parse(
                            Pem.write(Pem.PUBLIC, pair.getPublic().getEncoded())))
                    .as(generator.getAlgorithm())
                    .isEmpty();
            assertThat(SigningKey.parse(Pem.write(Pem.PRIVATE, pair.getPrivate().getEncoded())))
                    .as(generator.getAlgorithm())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY----------END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\n!\n-----END PUBLIC KEY-----",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                "ssh-ed25519 AAAA"
            })
    void what_is_no_key_is_none(String text) {
        assertThat(VerificationKey.parse(text)).isEmpty();
        assertThat(SigningKey.parse(text.replace("PUBLIC", "PRIVATE"))).isEmpty();
    }

    /** Made by OpenSSL 3.0: {@code openssl dgst -sha256 -sign} and {@code openssl pkeyutl -sign -rawin}. */
    @ParameterizedTest
    @CsvSource({
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEE/lQOP+KvWpWKKBJOUpz4TBfd+8jOzCvFo03xuZ8rwu+8f6kHn77L5DfQ2jOqSEODSHImsKgEjYg8X4ItHLaPw==,"
                + "MEMCID/xDzB/vSOvh1gYEz0WaVoSd4HSXhmTYOIHESo3aWiXAh9bgtZjxiO2YUTQI7j6AqpgHiVcAOC6OQMBIRrehTBA",
        "MCowBQYDK2VwAyEANvayFjh4XKmK+32VvL8HuSH+E5SVGS3zaW+6HQbG5RE=,"
                + "pthpjWF6z/cQH4Nv7eqvTyKkUJC0GNMKVgr6m2lt10SRvUpE50LBGgxfjBfh0lif3ZLkyy2uYUA32yDmEYqZAQ=="
    })
    void what_openssl_signed_verifies(String key, String signature) {
        VerificationKey trusted = VerificationKey.parse(
                        "-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n")
                .orElseThrow();

        assertThat(trusted.verifies(STATEMENT, read(signature).value())).isTrue();
        assertThat(trusted.verifies(
                        new PackageStatement("other"), read(signature).value()))
                .isFalse();
    }

    @Test
    void two_keys_in_one_text_and_a_text_of_more_than_4_KiB_are_none() {
        String one = SigningKey.generate(KeyAlgorithm.ED25519).verifying().pem();

        assertThat(VerificationKey.parse(one + one)).isEmpty();
        assertThat(VerificationKey.parse(one + " ".repeat(4_096 - one.length())))
                .isPresent();
        assertThat(VerificationKey.parse(one + " ".repeat(4_097 - one.length())))
                .isEmpty();
    }

    @Test
    void a_private_key_is_never_shown_by_mistake() {
        SigningKey key = SigningKey.generate(KeyAlgorithm.ED25519).signing();

        assertThat(key).hasToString("ed25519 private key");
    }

    private static PackageSignature read(String text) {
        return PackageSignature.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
