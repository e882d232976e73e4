package org.storysign.plugins.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.storysign.plugins.permission.PermissionName.READ_USER_DATA;
import static org.storysign.plugins.permission.PermissionName.STORAGE_READ;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.FakePlatform;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.Permission;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.HostFunction;
import org.storysign.plugins.wasm.FunctionType;
import org.storysign.plugins.wasm.ImportedFunction;
import org.storysign.plugins.wasm.ValueType;

class PlatformGateTest {

    private static final FunctionType HANDLES = FunctionType.of(List.of(ValueType.I64), List.of(ValueType.I64));
    private static final PlatformGate GATE = new PlatformGate(new FakePlatform().functions());

    /** Every registered function at every level. A new function is in here by being registered. */
    static Stream<Arguments> functionsAndLevels() {
        return GATE.functions().stream()
                .flatMap(function -> Stream.of(SecurityLevel.values()).map(level -> Arguments.of(function, level)));
    }

    static Stream<Arguments> permissionedFunctionsAndLevels() {
        return GATE.functions().stream()
                .filter(function -> !function.anyOf().isEmpty())
                .flatMap(function -> Stream.of(SecurityLevel.values()).map(level -> Arguments.of(function, level)));
    }

    @ParameterizedTest
    @MethodSource("functionsAndLevels")
    void a_function_whose_permission_was_granted_is_linked(PlatformFunction function, SecurityLevel level) {
        for (PermissionName permission : function.anyOf()) {
            PlatformTerms terms = terms(Grants.of(permission), List.of(), level);

            List<HostFunction> linked = GATE.link(terms, List.of(imported(function.name())));

            assertThat(linked)
                    .extracting(HostFunction::qualifiedName)
                    .containsExactly("extism:host/user." + function.name());
        }
    }

    @ParameterizedTest
    @MethodSource("permissionedFunctionsAndLevels")
    void a_function_whose_permission_was_not_granted_stops_the_enable(PlatformFunction function, SecurityLevel level) {
        PlatformTerms terms = terms(everythingBut(function), List.of(), level);

        assertThatThrownBy(() -> GATE.link(terms, List.of(imported(function.name()))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.PERMISSION_NOT_GRANTED))
                .hasMessageContaining("`extism:host/user." + function.name() + "`");
    }

    @ParameterizedTest
    @MethodSource("functionsAndLevels")
    void a_function_whose_optional_permission_was_refused_answers_permission_denied(
            PlatformFunction function, SecurityLevel level) {
        for (PermissionName permission : function.anyOf()) {
            PlatformGuest guest = new PlatformGuest(GATE, everythingBut(function), level.data(), Optional.empty());

            CallResult result = guest.result(function.name(), new byte[0], List.of(optional(permission)));

            assertThat(result)
                    .isInstanceOfSatisfying(
                            CallResult.Returned.class,
                            returned -> assertThat(new String(returned.output(), StandardCharsets.UTF_8))
                                    .startsWith("{\"error\":{\"code\":\"permission-denied\",\"message\":\"`"
                                            + function.name()));
        }
    }

    @Test
    void every_function_but_one_needs_a_permission() {
        assertThat(GATE.functions())
                .filteredOn(function -> function.anyOf().isEmpty())
                .extracting(PlatformFunction::name)
                .containsExactly("analytics_log_event");
    }

    @Test
    void a_missing_grant_is_told_with_import_permission_plugin_and_version() {
        PlatformTerms terms = terms(Grants.NONE, List.of(), SecurityLevel.STANDARD);

        assertThatThrownBy(() -> GATE.link(terms, List.of(imported("storage_get"))))
                .hasMessage("import `extism:host/user.storage_get` needs permission `storage:read` or"
                        + " `read:user_data`, which plugin `notes` 1.0.0 was not granted");
    }

    @Test
    void a_permission_that_is_asked_for_and_not_optional_does_not_make_a_stub() {
        PlatformTerms terms = terms(
                Grants.NONE,
                List.of(new Permission.Plain(STORAGE_READ, Optional.empty(), false)),
                SecurityLevel.STANDARD);

        assertThatThrownBy(() -> GATE.link(terms, List.of(imported("storage_get"))))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void a_function_of_another_version_is_refused_by_name() {
        PlatformTerms terms = terms(Grants.of(READ_USER_DATA), List.of(), SecurityLevel.STANDARD);

        assertThatThrownBy(() -> GATE.link(terms, List.of(imported("camera_open"))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.MODULE_REJECTED))
                .hasMessageContaining("`extism:host/user.camera_open` is not offered by this version of the service")
                .hasMessageContaining("`storage_get`");
    }

    @Test
    void a_function_imported_by_another_type_is_refused() {
        ImportedFunction twoHandles = new ImportedFunction(
                "extism:host/user",
                "storage_get",
                FunctionType.of(List.of(ValueType.I64, ValueType.I64), List.of(ValueType.I64)));
        PlatformTerms terms = terms(Grants.of(STORAGE_READ), List.of(), SecurityLevel.STANDARD);

        assertThatThrownBy(() -> GATE.link(terms, List.of(twoHandles)))
                .hasMessageContaining("is (i64, i64) -> (i64), expected (i64) -> (i64)");
    }

    @Test
    void imports_of_other_modules_are_left_to_others() {
        ImportedFunction kernel = new ImportedFunction("extism:host/env", "storage_get", HANDLES);

        assertThat(GATE.link(terms(Grants.NONE, List.of(), SecurityLevel.STANDARD), List.of(kernel)))
                .isEmpty();
    }

    private static PlatformTerms terms(Grants grants, List<Permission> asked, SecurityLevel level) {
        return new PlatformTerms(TenantId.DEFAULT, new PluginId("notes"), "1.0.0", asked, grants, level.data());
    }

    private static ImportedFunction imported(String name) {
        return new ImportedFunction("extism:host/user", name, HANDLES);
    }

    private static Permission optional(PermissionName name) {
        return new Permission.Plain(name, Optional.empty(), true);
    }

    private static Grants everythingBut(PlatformFunction function) {
        List<PermissionName> others = new ArrayList<>(EnumSet.complementOf(EnumSet.of(PermissionName.NETWORK_ACCESS)));
        others.removeAll(function.anyOf());
        return new Grants(Set.copyOf(others), Set.of(), Set.of());
    }
}
