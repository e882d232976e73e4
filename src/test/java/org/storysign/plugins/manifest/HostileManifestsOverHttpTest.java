package org.storysign.plugins.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.rest.ApiTenant;
import org.storysign.plugins.rest.Problems;

/** The same as {@link HostileManifestsTest}, by the way attackers have. */
@ServiceTest
class HostileManifestsOverHttpTest {

    private final ApiTenant tenant = new ApiTenant();

    @Test
    void every_hostile_manifest_is_refused_as_a_whole_problem_and_nothing_is_there() {
        byte[] module = Wat.assemble(Guests.answering("fine"));
        Map<String, String> wrong = new TreeMap<>();

        Map<String, byte[]> hostile = HostileManifests.all();
        hostile.forEach((name, manifest) -> {
            Response answer = tenant.admin()
                    .multiPart("manifest", "manifest.json", manifest)
                    .multiPart("module", "plugin.wasm", module)
                    .post(ApiTenant.BASE + "/upload");
            try {
                Problems.assertProblem(answer, ProblemCode.MANIFEST_INVALID);
            } catch (AssertionError other) {
                wrong.put(name, answer.asString());
            }
        });

        assertThat(wrong).isEmpty();
        assertThat(hostile).hasSizeGreaterThan(200);
        assertThat(tenant.admin().get(ApiTenant.BASE).<Object>path("plugins"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .isEmpty();
        System.out.printf("hostile manifests over HTTP %d, accepted 0%n", hostile.size());
    }
}
