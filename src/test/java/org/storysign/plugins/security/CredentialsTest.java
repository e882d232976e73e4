package org.storysign.plugins.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

class CredentialsTest {

    @Test
    void a_key_comes_as_bearer_in_any_case_or_in_a_header_of_its_own() {
        assertThat(Credentials.read("Bearer abc", null, null).secret().reveal()).isEqualTo("abc");
        assertThat(Credentials.read("bEaReR  abc ", null, null).secret().reveal())
                .isEqualTo("abc");
        assertThat(Credentials.read(null, " abc", null).secret().reveal()).isEqualTo("abc");
    }

    @Test
    void the_same_key_in_both_headers_is_one_key_and_two_keys_are_none() {
        assertThat(Credentials.read("Bearer abc", "abc", null).secret().reveal())
                .isEqualTo("abc");
        assertRefused("Bearer abc", "abd", null, ProblemCode.UNAUTHENTICATED);
    }

    @Test
    void no_key_an_empty_key_and_another_scheme_are_refused() {
        assertRefused(null, null, null, ProblemCode.UNAUTHENTICATED);
        assertRefused("Bearer ", null, null, ProblemCode.UNAUTHENTICATED);
        assertRefused(null, "", null, ProblemCode.UNAUTHENTICATED);
        assertRefused("Basic YTpi", null, null, ProblemCode.UNAUTHENTICATED);
        assertRefused("Bearerabc", null, null, ProblemCode.UNAUTHENTICATED);
    }

    @Test
    void a_tenant_is_read_when_it_has_the_form_of_one() {
        assertThat(Credentials.read("Bearer abc", null, "acme").tenant()).contains(new TenantId("acme"));
        assertThat(Credentials.read("Bearer abc", null, null).tenant()).isEmpty();
        assertRefused("Bearer abc", null, "Acme", ProblemCode.REQUEST_INVALID);
        assertRefused("Bearer abc", null, "a/../b", ProblemCode.REQUEST_INVALID);
        assertRefused("Bearer abc", null, "", ProblemCode.REQUEST_INVALID);
    }

    private static void assertRefused(
            @Nullable String authorization, @Nullable String key, @Nullable String tenant, ProblemCode code) {
        assertThatThrownBy(() -> Credentials.read(authorization, key, tenant))
                .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
                .extracting(ProblemException::code)
                .isEqualTo(code);
    }
}
