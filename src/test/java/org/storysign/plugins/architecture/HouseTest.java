package org.storysign.plugins.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ARCHITECTURE.md, section 2, held by the classes themselves. */
class HouseTest {

    private static final String BASE = "org.storysign.plugins";
    private static final String BROKEN = BASE + ".architecture.broken";

    /** Raise it as the house grows: a rule over nothing proves nothing. */
    private static final int LEAST_CLASSES = 300;

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(BASE);
    private static final JavaClasses BROKEN_HOUSE = new ClassFileImporter().importPackages(BROKEN);

    static Stream<Arguments> rules() {
        return rulesOf(BASE);
    }

    static Stream<Arguments> rulesOfTheBrokenHouse() {
        return rulesOf(BROKEN);
    }

    private static Stream<Arguments> rulesOf(String base) {
        return new HouseRules(base).all().entrySet().stream().map(rule -> Arguments.of(rule.getKey(), rule.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void the_house_keeps_the_rule(String sentence, ArchRule rule) {
        rule.check(HOUSE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rulesOfTheBrokenHouse")
    void the_rule_catches_the_house_that_breaks_it(String sentence, ArchRule rule) {
        var result = rule.evaluate(BROKEN_HOUSE);

        assertThat(result.hasViolation()).as(sentence).isTrue();
    }

    @Test
    void the_rules_look_at_the_whole_house_and_nothing_else() {
        assertThat(HOUSE).hasSizeGreaterThanOrEqualTo(LEAST_CLASSES);
        assertThat(HOUSE).noneMatch(type -> type.getPackageName().startsWith(BROKEN));
    }
}
