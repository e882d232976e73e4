package org.storysign.plugins.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.manifest.ManifestText.LEAST;
import static org.storysign.plugins.manifest.ManifestText.bytes;
import static org.storysign.plugins.manifest.ManifestText.with;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.StrictJson;
import org.storysign.plugins.problem.Violations;

class ManifestSchemaTest {

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ManifestSchema.text(), InputFormat.JSON);

    /** What only the reader can say: strictness of the text, what is different from what, what a range, host or schema means. */
    private static final List<String> BEYOND_A_SCHEMA = List.of(
            "byte-order mark",
            "larger than 64 KiB",
            "UTF-16",
            "twice",
            "depth ",
            "exponent",
            "5,000",
            "surrogate",
            "NUL ",
            "version 1.0",
            "version 1e0",
            "name ",
            "author",
            "description",
            "files that",
            "the entry point as",
            "file ",
            "host ",
            "two endpoints",
            "component without",
            "schema ",
            "billion",
            "dependency range",
            "depends on",
            "permission {\"name\": \"storage:read\", \"reason\"",
            "hook {\"name\": \"story\", \"type\": \"filter\", \"handler\": \"f\"}, ",
            "path /../b",
            "path /a/./b",
            "path /{a}/{a}",
            "homepage",
            "entry point ",
            "overlong",
            "lone",
            "encoded",
            "cut in",
            "latin",
            "digest ",
            "trailing",
            "two documents");

    @Test
    void the_schema_accepts_what_the_reader_accepts() {
        for (String manifest : List.of(
                ManifestText.CONTRACT_EXAMPLE,
                LEAST,
                with("{\"version\": \"2.0.0-rc.1+build.5\", \"dependencies\": {\"dictionary\": \">=1.2.0 <2.0.0\"}}"),
                with(
                        "{\"permissions\": [{\"name\": \"storage:read\", \"optional\": true, \"reason\": \"keeps scores\"}]}"),
                with(
                        "{\"permissions\": [{\"name\": \"network:access\", \"hosts\": [\"8.8.8.8\", \"a.example:8443\"]}]}"),
                with(
                        "{\"api_endpoints\": [{\"name\": \"a\", \"path\": \"/a/{b}\", \"method\": \"GET\", \"handler\": \"f\"}]}"),
                with("{\"hooks\": [{\"name\": \"story\", \"type\": \"after\", \"handler\": \"f\", \"priority\": -5}]}"),
                with("{\"id\": \"hooks-viewer\", \"homepage\": \"http://storysign.example/x?y#z\"}"))) {
            new ManifestReader().read(bytes(manifest));

            assertThat(errors(manifest)).as(manifest).isEmpty();
        }
    }

    @Test
    void the_schema_refuses_what_the_reader_refuses_where_a_schema_can() {
        List<String> accepted = new ArrayList<>();
        int compared = 0;
        for (Map.Entry<String, byte[]> hostile : HostileManifests.all().entrySet()) {
            Violations violations = new Violations();
            String text =
                    new StrictJson(20).read(hostile.getValue(), violations).toString();
            if (!violations.isEmpty() || BEYOND_A_SCHEMA.stream().anyMatch(hostile.getKey()::contains)) {
                continue;
            }
            compared++;
            if (errors(text).isEmpty()) {
                accepted.add(hostile.getKey());
            }
        }

        assertThat(accepted).isEmpty();
        assertThat(compared).isGreaterThan(100);
    }

    @Test
    void the_schema_names_the_same_fields_permissions_and_reserved_ids_as_the_reader() {
        var schema = new StrictJson(30).read(ManifestSchema.text(), new Violations());

        Set<String> fields = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(fields::add);
        Set<String> reserved = new TreeSet<>();
        schema.at("/properties/id/not/anyOf/0/enum").forEach(id -> reserved.add(id.textValue()));
        Set<String> permissions = new TreeSet<>(Set.of("network:access"));
        schema.at("/$defs/permission/oneOf/0/enum").forEach(name -> permissions.add(name.textValue()));

        assertThat(fields)
                .isEqualTo(
                        ManifestBody.FIELDS.stream().collect(java.util.stream.Collectors.toCollection(TreeSet::new)));
        assertThat(reserved).isEqualTo(new TreeSet<>(ReservedIds.ALL));
        assertThat(permissions)
                .hasSize(PermissionName.values().length)
                .allMatch(name -> PermissionName.parse(name).isPresent());
    }

    @Test
    void the_schema_is_a_schema_of_the_2020_12_dialect() {
        Violations violations = new Violations();

        var schema = new StrictJson(30).read(ManifestSchema.text(), violations);

        assertThat(violations.list()).isEmpty();
        assertThat(schema.path("$schema").textValue()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
    }

    private static List<Error> errors(String manifest) {
        return SCHEMA.validate(manifest, InputFormat.JSON);
    }
}
