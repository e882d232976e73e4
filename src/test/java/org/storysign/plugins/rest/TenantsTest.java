package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;
import static org.storysign.plugins.rest.Problems.assertProblem;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.problem.ProblemCode;

@ServiceTest
class TenantsTest {

    private static final String TENANTS = ApiTenant.BASE + "/tenants";

    private final ApiTenant tenant = new ApiTenant();
    private final String mine = TENANTS + "/" + tenant.id();

    @Test
    void a_tenant_is_made_with_its_policy_once() {
        make(Map.of("tenant", tenant.id().value(), "loosest_level", "standard", "never_granted", List.of("hooks:emit")))
                .then()
                .statusCode(201)
                .header("Location", mine)
                .header("ETag", "\"1\"")
                .body("usual_level", equalTo("standard"))
                .body("never_granted", equalTo(List.of("hooks:emit")))
                .body("most_plugins", nullValue());

        assertProblem(make(Map.of("tenant", tenant.id().value())), ProblemCode.TENANT_EXISTS);
        tenant.admin().get(mine).then().statusCode(200).body("loosest_level", equalTo("standard"));
        tenant.admin()
                .get(ApiTenant.BASE + "/audit")
                .then()
                .body("entries.action", equalTo(List.of("tenant.create")))
                .body("entries[0].facts.never_granted", equalTo(List.of("hooks:emit")));
    }

    @Test
    void of_many_who_make_one_tenant_exactly_one_does() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Integer>> makers = new ArrayList<>();
            for (int each = 0; each < 16; each++) {
                makers.add(() -> make(Map.of("tenant", tenant.id().value())).statusCode());
            }
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> made : threads.invokeAll(makers)) {
                answers.add(made.get());
            }

            assertThat(answers).containsOnly(201, 409).containsOnlyOnce(201);
        }
    }

    @Test
    void a_tenant_that_its_first_use_made_is_there_under_the_usual_policy() {
        tenant.as(Role.VIEWER);

        tenant.admin()
                .get(mine)
                .then()
                .statusCode(200)
                .header("ETag", "\"0\"")
                .body("usual_level", equalTo("standard"))
                .body("loosest_level", equalTo("minimal"))
                .body("revision", equalTo(0));
        assertProblem(make(Map.of("tenant", tenant.id().value())), ProblemCode.TENANT_EXISTS);
    }

    @Test
    void a_policy_is_replaced_only_at_the_revision_it_was_read_at() {
        make(Map.of("tenant", tenant.id().value()));

        assertProblem(put(Map.of(), null), ProblemCode.PRECONDITION_REQUIRED);
        assertProblem(put(Map.of(), "\"0\""), ProblemCode.PRECONDITION_FAILED);
        put(Map.of("most_plugins", 3), "\"1\"").then().statusCode(200).header("ETag", "\"2\"");
        assertProblem(put(Map.of(), "\"1\""), ProblemCode.PRECONDITION_FAILED);
        tenant.admin().header("If-None-Match", "\"2\"").get(mine).then().statusCode(304);
        assertThat(tenant.admin().get(ApiTenant.BASE + "/audit").<List<String>>path("entries.action"))
                .containsExactly("tenant-policy.change", "tenant.create");
    }

    @Test
    void a_tenant_that_is_not_there_is_not_found_and_not_made_by_looking() {
        assertProblem(tenant.admin().get(mine), ProblemCode.TENANT_NOT_FOUND);
        assertProblem(put(Map.of(), "\"0\""), ProblemCode.TENANT_NOT_FOUND);
        assertProblem(tenant.admin().get(TENANTS + "/No-Such"), ProblemCode.TENANT_NOT_FOUND);
        make(Map.of("tenant", tenant.id().value())).then().statusCode(201);
    }

    @Test
    void what_is_no_tenant_or_policy_is_refused_with_every_fault() {
        for (Map<String, ?> form : List.<Map<String, ?>>of(
                Map.of(),
                Map.of("tenant", "Acme"),
                Map.of("tenant", "a".repeat(64)),
                Map.of("tenant", tenant.id().value(), "usual_level", "loose"),
                Map.of("tenant", tenant.id().value(), "usual_level", "minimal", "loosest_level", "standard"),
                Map.of("tenant", tenant.id().value(), "never_granted", List.of("fly")),
                Map.of("tenant", tenant.id().value(), "most_plugins", -1),
                Map.of("tenant", tenant.id().value(), "quota", 1))) {
            assertProblem(make(form), ProblemCode.REQUEST_INVALID);
        }
        assertProblem(tenant.admin().get(mine), ProblemCode.TENANT_NOT_FOUND);
    }

    @Test
    void tenants_are_listed_a_page_at_a_time() {
        List<String> made = List.of(tenant.id() + "-a", tenant.id() + "-b", tenant.id() + "-c");
        made.forEach(id -> make(Map.of("tenant", id)));
        List<String> found = new ArrayList<>();
        String next = TENANTS + "?limit=100";
        while (next != null) {
            Response page = tenant.admin().get(next);
            page.then().statusCode(200);
            found.addAll(page.path("tenants.tenant"));
            String link = page.header("Link");
            next = link == null ? null : link.substring(1, link.indexOf('>'));
        }

        assertThat(found).isSorted().doesNotHaveDuplicates();
        org.hamcrest.MatcherAssert.assertThat(found, hasItems(made.get(0), made.get(1), made.get(2), "default"));
    }

    @Test
    void a_policy_is_held_at_once_and_says_which_rule_forbids() {
        tenant.upload(
                        PluginText.named("keeps")
                                .with("permissions", List.of("storage:read"))
                                .toString(),
                        Wat.assemble(Guests.silent()))
                .then()
                .statusCode(201);
        tenant.enableAgreeing("keeps", List.of("storage:read"));

        put(Map.of("never_granted", List.of("storage:read"), "most_plugins", 1), "\"0\"")
                .then()
                .statusCode(200);

        assertProblem(tenant.call("keeps", "handle", new byte[0]), ProblemCode.PLUGIN_NOT_ENABLED);
        tenant.admin()
                .get(ApiTenant.BASE + "/keeps")
                .then()
                .body("releases[0].state", equalTo("blocked"))
                .body("releases[0].reason", org.hamcrest.Matchers.containsString("never_granted"));
        assertProblem(
                tenant.upload(PluginText.named("second").toString(), Wat.assemble(Guests.silent())),
                ProblemCode.POLICY_FORBIDS);
        put(Map.of(), "\"1\"").then().statusCode(200);
        tenant.call("keeps", "handle", new byte[0]).then().statusCode(200);
    }

    private Response make(Map<String, ?> form) {
        return tenant.admin().contentType(ContentType.JSON).body(form).post(TENANTS);
    }

    private Response put(Map<String, ?> form, @org.jspecify.annotations.Nullable String ifMatch) {
        var request = tenant.admin().contentType(ContentType.JSON).body(form);
        return (ifMatch == null ? request : request.header("If-Match", ifMatch)).put(mine);
    }
}
