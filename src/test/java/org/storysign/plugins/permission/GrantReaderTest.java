package org.storysign.plugins.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.storysign.plugins.permission.PermissionName.DATABASE_READ;
import static org.storysign.plugins.permission.PermissionName.NETWORK_ACCESS;
import static org.storysign.plugins.permission.PermissionName.STORAGE_READ;
import static org.storysign.plugins.permission.PermissionName.STORAGE_WRITE;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.StrictJson;
import org.storysign.plugins.problem.Violation;
import org.storysign.plugins.problem.Violations;

class GrantReaderTest {

    private final GrantReader reader = new GrantReader(List.of(
            new Permission.Plain(STORAGE_READ, Optional.empty(), false),
            new Permission.Plain(STORAGE_WRITE, Optional.empty(), true),
            new Permission.Network(
                    Set.of("a.example", "b.example:8443"), Set.of("GET", "POST"), Optional.empty(), false)));

    @Test
    void what_was_asked_for_can_be_granted() {
        Grants grants = reader.read(json("""
                ["storage:read", {"name": "network:access", "hosts": ["b.example:8443", "a.example"], "methods": ["POST", "GET"]}]
                """));

        assertThat(grants)
                .isEqualTo(new Grants(
                        Set.of(STORAGE_READ, NETWORK_ACCESS),
                        Set.of("a.example", "b.example:8443"),
                        Set.of("GET", "POST")));
    }

    @Test
    void hosts_and_methods_may_be_narrower() {
        Grants grants = reader.read(json("[{\"name\": \"network:access\", \"hosts\": [\"a.example\"]}]"));

        assertThat(grants.hosts()).containsExactly("a.example");
        assertThat(grants.methods()).containsExactly("GET");
    }

    @Test
    void what_was_not_asked_for_cannot_be_granted() {
        assertThat(violations("[\"modify:ui\"]"))
                .containsExactly(
                        new Violation("/grants", "`modify:ui` is granted, but the manifest does not ask for it"));
    }

    @Test
    void another_host_another_port_and_another_method_cannot_be_granted() {
        assertThat(violations("""
                [{"name": "network:access", "hosts": ["c.example", "b.example"], "methods": ["DELETE"]}]
                """))
                .extracting(Violation::detail)
                .containsExactly(
                        "the host `b.example` is granted, but the manifest does not ask for it",
                        "the host `c.example` is granted, but the manifest does not ask for it",
                        "the method `DELETE` is granted, but the manifest does not ask for it");
    }

    @Test
    void grants_have_the_form_of_the_manifest() {
        assertThat(violations("{\"storage:read\": true}"))
                .containsExactly(new Violation("/grants", "is not an array of permissions"));
        assertThat(violations("[\"storage:*\"]")).extracting(Violation::pointer).containsExactly("/grants/0");
    }

    @Test
    void a_required_permission_that_is_not_granted_is_missing_and_an_optional_one_is_not() {
        assertThat(reader.missing(Grants.of(STORAGE_WRITE))).containsExactly(STORAGE_READ, NETWORK_ACCESS);
        assertThat(reader.missing(reader.everything())).isEmpty();
    }

    @Test
    void reserved_names_are_never_granted() {
        GrantReader reserved = new GrantReader(List.of(new Permission.Plain(DATABASE_READ, Optional.empty(), true)));

        assertThatThrownBy(reserved::refuseReserved)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.PERMISSION_UNAVAILABLE))
                .hasMessageContaining("`database:read`");
        reader.refuseReserved();
    }

    private List<Violation> violations(String grants) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> reader.read(json(grants)));
        assertThat(problem.code()).isEqualTo(ProblemCode.REQUEST_INVALID);
        return problem.violations();
    }

    private static JsonNode json(String text) {
        return new StrictJson(20).read(text, new Violations());
    }
}
