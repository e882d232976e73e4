package org.storysign.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.plugin.SignatureTrust;
import org.storysign.plugins.problem.BadSettingException;
import org.storysign.plugins.signature.KeyAlgorithm;
import org.storysign.plugins.signature.SignaturePolicy;
import org.storysign.plugins.signature.SigningKey;
import org.storysign.plugins.signature.VerificationKey;

/** The operator's policy file. */
class SignaturesConfigTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void without_a_file_one_trusted_signature_is_needed_from_strict_on() {
        assertThat(((SignaturesConfig) Optional::empty).trust()).isEqualTo(SignatureTrust.USUAL);
    }

    @Test
    void a_policy_says_from_which_level_whose_signatures_and_with_which_keys() throws IOException {
        VerificationKey key = SigningKey.generate(KeyAlgorithm.ECDSA_P256).verifying();

        SignatureTrust trust = read("""
                {"from": "minimal", "all_of": ["storysign"], "any_of": {"publishers": ["a", "b", "c"], "at_least": 2},
                 "keys": {"storysign": ["%s"]}}
                """.formatted(key.pem().replace("\n", "\\n")));

        assertThat(trust.policy())
                .isEqualTo(new SignaturePolicy(SecurityLevel.MINIMAL, Set.of("storysign"), Set.of("a", "b", "c"), 2));
        assertThat(trust.keys()).singleElement().satisfies(trusted -> {
            assertThat(trusted.publisher()).isEqualTo("storysign");
            assertThat(trusted.key()).isEqualTo(key);
        });
    }

    @Test
    void an_empty_policy_is_the_usual_one_and_all_of_alone_needs_no_other() throws IOException {
        assertThat(read("{}")).isEqualTo(SignatureTrust.USUAL);
        assertThat(read("{\"all_of\": [\"a\"]}").policy().atLeast()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"from\": \"isolated\"}",
                "{\"from\": \"never\"}",
                "{\"all_off\": []}",
                "{\"all_of\": [\"A B\"]}",
                "{\"any_of\": {\"publishers\": [\"a\"], \"at_least\": 2}}",
                "{\"any_of\": {\"at_least\": 0}}",
                "{\"keys\": {\"a\": [\"x\"]}}",
                "{\"from\": \"strict\", \"from\": \"minimal\"}"
            })
    void a_file_that_is_no_policy_stops_the_start_in_a_sentence(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(BadSettingException.class)
                .hasMessageStartingWith("The setting storysign.signatures.policy is `");
    }

    @Test
    void a_policy_names_100_publishers_and_no_more() throws IOException {
        assertThat(read("{\"all_of\": [" + names(100) + "]}").policy().allOf()).hasSize(100);
        assertThatThrownBy(() -> read("{\"all_of\": [" + names(101) + "]}"))
                .hasMessageContaining("has 101 elements, expected at most 100");
    }

    private static String names(int count) {
        return IntStream.range(0, count).mapToObj(each -> "\"p" + each + "\"").collect(Collectors.joining(","));
    }

    @Test
    void a_file_that_is_not_there_stops_the_start() {
        SignaturesConfig config = () -> Optional.of(folder.resolve("none.json"));

        assertThatThrownBy(config::trust).hasMessageContaining("expected a file that can be read");
    }

    private SignatureTrust read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("policy.json"), text);
        SignaturesConfig config = () -> Optional.of(file);
        return config.trust();
    }
}
