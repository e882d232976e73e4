package org.storysign.plugins.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.problem.StrictJson;
import org.storysign.plugins.problem.Violations;

class PackageStatementTest {

    private static final Digest MODULE = Digest.of(new byte[] {1});

    @Test
    void order_and_white_space_of_a_manifest_make_no_difference() {
        assertThat(of("{\"b\": [1, {\"d\": null, \"c\": \"x\"}], \"a\": 1.0}"))
                .isEqualTo(of("{\"a\":1.0,\"b\":[1,{\"c\":\"x\",\"d\":null}]}"));
    }

    @Test
    void every_value_the_order_of_a_list_and_the_module_make_one() {
        Digest digest = of("{\"a\": [1, 2]}");

        assertThat(of("{\"a\": [2, 1]}")).isNotEqualTo(digest);
        assertThat(of("{\"a\": [1, \"2\"]}")).isNotEqualTo(digest);
        assertThat(of("{\"a\": [1, 2], \"b\": null}")).isNotEqualTo(digest);
        assertThat(PackageStatement.of(json("{\"a\": [1, 2]}"), Digest.of(new byte[] {2}))
                        .digest())
                .isNotEqualTo(digest);
    }

    @Test
    void it_is_the_sha_256_of_what_the_documentation_says() {
        byte[] bytes = ("{\"a\":1,\"b\":\"\\\"\"}\n" + MODULE.value()).getBytes(StandardCharsets.UTF_8);

        assertThat(of("{\"b\": \"\\\"\", \"a\": 1}")).isEqualTo(Digest.of(bytes));
    }

    private static Digest of(String manifest) {
        return PackageStatement.of(json(manifest), MODULE).digest();
    }

    private static JsonNode json(String text) {
        return new StrictJson(20).read(text, new Violations());
    }
}
