package org.storysign.plugins.rest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.Open;

class GuardedResourcesTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.storysign.plugins");

    private static final ArchRule GUARDED = methods()
            .that()
            .areAnnotatedWith(GET.class)
            .or()
            .areAnnotatedWith(POST.class)
            .or()
            .areAnnotatedWith(PUT.class)
            .or()
            .areAnnotatedWith(DELETE.class)
            .or()
            .areAnnotatedWith(PATCH.class)
            .or()
            .areAnnotatedWith(HEAD.class)
            .or()
            .areAnnotatedWith(OPTIONS.class)
            .should()
            .beAnnotatedWith(Allowed.class)
            .orShould()
            .beAnnotatedWith(Open.class);

    @Test
    void every_resource_method_says_who_may_call_it() {
        assertThat(OURS.stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(Allowed.class)))
                .hasSizeGreaterThan(20);
        GUARDED.check(OURS);
    }

    @Test
    void one_that_does_not_is_found() {
        JavaClasses faulty = new ClassFileImporter().importClasses(FaultyResource.class);

        assertThatThrownBy(() -> GUARDED.check(faulty)).hasMessageContaining("unguarded");
    }
}
