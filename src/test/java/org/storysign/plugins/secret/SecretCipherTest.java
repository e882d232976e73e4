package org.storysign.plugins.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

class SecretCipherTest {

    private static final SecretPlace PLACE = SecretPlace.of("config", "school", "mailer", "/token");
    private static final String KEY = "5f".repeat(32);

    private final SecretCipher cipher = new SecretCipher(SecretKeys.of(Map.of("first", KEY), "first"));

    @Test
    void what_was_sealed_opens_at_its_place() {
        SealedSecret sealed = cipher.seal("geheim".getBytes(UTF_8), PLACE);

        SealedSecret kept = SealedSecret.parse(sealed.text()).orElseThrow();

        assertThat(cipher.open(kept, PLACE)).isEqualTo("geheim".getBytes(UTF_8));
        assertThat(sealed.text()).startsWith("v1.first.").doesNotContain("geheim");
    }

    @Test
    void the_same_text_is_never_sealed_the_same() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            seen.add(cipher.seal("geheim".getBytes(UTF_8), PLACE).text());
        }
        assertThat(seen).hasSize(1_000);
    }

    @Test
    void what_was_sealed_opens_nowhere_else() {
        SealedSecret sealed = cipher.seal("geheim".getBytes(UTF_8), PLACE);

        for (SecretPlace other : Set.of(
                SecretPlace.of("config", "school", "mailer", "/token2"),
                SecretPlace.of("config", "school", "maile", "r/token"),
                SecretPlace.of("config", "schoolmailer", "", "/token"),
                SecretPlace.of("webhook", "school", "mailer", "/token"))) {
            assertThat(problem(cipher, sealed, other).code()).isEqualTo(ProblemCode.SECRETS_UNAVAILABLE);
        }
    }

    @Test
    void no_bit_of_it_can_be_changed() {
        SealedSecret sealed = cipher.seal("geheim".getBytes(UTF_8), PLACE);

        for (int bit = 0; bit < sealed.sealed().length * 8; bit++) {
            byte[] changed = sealed.sealed().clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(problem(cipher, new SealedSecret("first", changed), PLACE)
                            .code())
                    .isEqualTo(ProblemCode.SECRETS_UNAVAILABLE);
        }
        assertThat(problem(cipher, new SealedSecret("first", new byte[12]), PLACE)
                        .code())
                .isEqualTo(ProblemCode.SECRETS_UNAVAILABLE);
    }

    @Test
    void another_key_under_the_same_id_does_not_open_it() {
        SealedSecret sealed = cipher.seal("geheim".getBytes(UTF_8), PLACE);
        SecretCipher other = new SecretCipher(SecretKeys.of(Map.of("first", "6f".repeat(32)), "first"));

        assertThat(problem(other, sealed, PLACE).detail()).contains("replaced under its id");
    }

    @Test
    void keys_are_changed_by_adding_one_and_making_it_active() {
        SealedSecret old = cipher.seal("geheim".getBytes(UTF_8), PLACE);
        SecretCipher rotated =
                new SecretCipher(SecretKeys.of(Map.of("first", KEY, "second", "6f".repeat(32)), "second"));

        assertThat(rotated.open(old, PLACE)).isEqualTo("geheim".getBytes(UTF_8));
        assertThat(rotated.isCurrent(old)).isFalse();
        assertThat(rotated.isCurrent(rotated.seal(new byte[0], PLACE))).isTrue();
    }

    @Test
    void without_keys_nothing_is_sealed() {
        assertThat(SecretCipher.NONE.isAvailable()).isFalse();
        assertThatThrownBy(() -> SecretCipher.NONE.seal(new byte[1], PLACE))
                .hasMessageContaining("storysign.secrets.keys");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "short", "5f5f", "not base64 at all, but of the length of a key 1234567890", "5g5g5g5g"})
    void what_is_no_key_is_refused_without_being_shown(String text) {
        assertThatThrownBy(() -> SecretKeys.of(Map.of("first", text), "first"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the key `first` is not 256 random bits")
                .hasMessageNotContaining(text.isEmpty() ? "\0" : text);
    }

    @Test
    void the_active_key_must_be_there() {
        assertThatThrownBy(() -> SecretKeys.of(Map.of("first", KEY), "second"))
                .hasMessageContaining("`second`")
                .hasMessageContaining("[first]")
                .hasMessageNotContaining(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1.first.", "v2.first.AAAA", "v1.FIRST.AAAA", "v1.first.AA AA", "geheim"})
    void what_is_no_sealed_secret_is_not_taken_for_one(String text) {
        assertThat(SealedSecret.parse(text)).isEmpty();
    }

    private static ProblemException problem(SecretCipher cipher, SealedSecret sealed, SecretPlace place) {
        return Assertions.catchThrowableOfType(ProblemException.class, () -> cipher.open(sealed, place));
    }
}
