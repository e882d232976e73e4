package org.storysign.plugins.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.Golden;

class ProblemCatalogueTest {

    @Test
    void the_catalogue_of_problems_is_a_promise() {
        Golden.assertUnchanged(
                "problems.txt",
                Arrays.stream(ProblemCode.values())
                        .map(code ->
                                "%d %s %s: %s".formatted(code.status(), code.code(), code.category(), code.title()))
                        .toList());
    }

    @Test
    void every_code_is_kebab_case_and_there_once() {
        assertThat(ProblemCode.values())
                .extracting(ProblemCode::code)
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("[a-z]+(-[a-z]+)*"));
    }

    @Test
    void a_status_says_the_same_as_the_category() {
        for (ProblemCode code : ProblemCode.values()) {
            int status = code.status();
            boolean fits = switch (code.category()) {
                case CALLER, PLUGIN -> status >= 400 && status < 500;
                case CAPACITY -> status == 429 || status == 503 || status == 504;
                case INTERNAL -> status == 500;
            };
            assertThat(fits).as(code.code()).isTrue();
        }
    }
}
