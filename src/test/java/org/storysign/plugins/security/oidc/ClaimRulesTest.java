package org.storysign.plugins.security.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.security.ApiKey;
import org.storysign.plugins.security.Caller;

class ClaimRulesTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final Map<Role, Set<String>> ROLES =
            Map.of(Role.VIEWER, Set.of("staff", "guests"), Role.OPERATOR, Set.of("staff"), Role.ADMIN, Set.of("root"));
    private static final ClaimRules.Tenancy CLAIMED = new ClaimRules.Tenancy.Claimed(ClaimPath.of("tenant"));

    @Test
    void roles_are_those_that_theirs_are_mapped_to_and_no_others() {
        Caller staff = rules(CLAIMED).caller("a", json("{'tenant':'acme','roles':['staff','x']}"), Optional.empty());
        Caller guest = rules(CLAIMED).caller("a", json("{'tenant':'acme','roles':'guests admin'}"), Optional.empty());

        assertThat(staff.actor().roles()).containsExactlyInAnyOrder(Role.VIEWER, Role.OPERATOR);
        assertThat(guest.actor().roles()).containsExactly(Role.VIEWER);
    }

    @Test
    void roles_may_stand_deeper_and_names_of_claims_may_have_slashes() {
        assertThat(ClaimPath.of("/realm_access/roles").words(json("{'realm_access':{'roles':['a','b']}}")))
                .hasValueSatisfying(words -> assertThat(words).containsExactly("a", "b"));
        assertThat(ClaimPath.of("https://acme.example/roles").words(json("{'https://acme.example/roles':['a']}")))
                .isPresent();
        assertThat(ClaimPath.of("roles").words(json("{'roles':['a',1]}"))).isEmpty();
        assertThat(ClaimPath.of("roles").words(json("{'roles':{'a':true}}"))).isEmpty();
    }

    @Test
    void without_a_mapped_role_nobody_is_let_in() {
        for (String claims : new String[] {
            "{'tenant':'acme'}",
            "{'tenant':'acme','roles':[]}",
            "{'tenant':'acme','roles':['admin','viewer','STAFF']}",
            "{'tenant':'acme','roles':{'staff':1}}"
        }) {
            assertForbidden(() -> rules(CLAIMED).caller("a", json(claims), Optional.empty()));
        }
    }

    @Test
    void a_token_belongs_to_the_tenant_it_names_and_to_no_other() {
        JsonNode claims = json("{'tenant':'acme','roles':['staff']}");

        assertThat(rules(CLAIMED).caller("a", claims, Optional.of(ACME)).actor().tenant())
                .isEqualTo(ACME);
        assertForbidden(() -> rules(CLAIMED).caller("a", claims, Optional.of(new TenantId("other"))));
        assertForbidden(() -> rules(CLAIMED).caller("a", json("{'roles':['staff']}"), Optional.empty()));
        assertForbidden(
                () -> rules(CLAIMED).caller("a", json("{'tenant':'ACME!','roles':['staff']}"), Optional.empty()));
        assertForbidden(
                () -> rules(CLAIMED).caller("a", json("{'tenant':['acme'],'roles':['staff']}"), Optional.of(ACME)));
    }

    @Test
    void a_fixed_tenant_is_every_tokens() {
        JsonNode claims = json("{'tenant':'other','roles':['staff']}");

        assertThat(rules(new ClaimRules.Tenancy.Fixed(ACME))
                        .caller("a", claims, Optional.empty())
                        .actor()
                        .tenant())
                .isEqualTo(ACME);
    }

    @Test
    void an_admin_of_the_platform_acts_in_the_tenant_that_the_request_names() {
        JsonNode claims = json("{'tenant':'acme','roles':['root']}");

        assertThat(rules(CLAIMED)
                        .caller("a", claims, Optional.of(new TenantId("other")))
                        .actor()
                        .tenant()
                        .value())
                .isEqualTo("other");
        assertThat(rules(CLAIMED).caller("a", claims, Optional.empty()).actor().tenant())
                .isEqualTo(ACME);
        assertThat(rules(CLAIMED)
                        .caller("a", json("{'roles':['root']}"), Optional.empty())
                        .actor()
                        .tenant())
                .isEqualTo(TenantId.DEFAULT);
    }

    @Test
    void where_plugins_are_listed_a_token_without_a_list_reaches_nothing() {
        ClaimRules limited = new ClaimRules(
                ClaimPath.of("roles"), ROLES, CLAIMED, Optional.of(ClaimPath.of("plugins")), ApiKey.Users.AS_TOKEN);

        assertThat(limited.caller(
                                "a",
                                json("{'tenant':'acme','roles':['staff'],'plugins':['ours','mine']}"),
                                Optional.empty())
                        .plugins())
                .containsExactlyInAnyOrder(new PluginId("ours"), new PluginId("mine"));
        assertThat(limited.caller("a", json("{'tenant':'acme','roles':['staff'],'plugins':'*'}"), Optional.empty())
                        .isLimitedToPlugins())
                .isFalse();
        for (String list : new String[] {"", ",'plugins':[]", ",'plugins':['../x']", ",'plugins':7"}) {
            assertForbidden(() ->
                    limited.caller("a", json("{'tenant':'acme','roles':['staff']" + list + "}"), Optional.empty()));
        }
    }

    @Test
    void nobody_becomes_a_user_of_the_product_by_a_role() {
        assertThatThrownBy(() -> new ClaimRules(
                        ClaimPath.of("roles"),
                        Map.of(Role.USER, Set.of("x")),
                        CLAIMED,
                        Optional.empty(),
                        ApiKey.Users.AS_TOKEN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ClaimRules rules(ClaimRules.Tenancy tenancy) {
        return new ClaimRules(ClaimPath.of("roles"), ROLES, tenancy, Optional.empty(), ApiKey.Users.AS_TOKEN);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void assertForbidden(ThrowingCallable work) {
        assertThatThrownBy(work)
                .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
                .extracting(ProblemException::code)
                .isEqualTo(ProblemCode.FORBIDDEN);
    }
}
