package org.storysign.plugins.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import java.util.List;
import java.util.Locale;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ReadableText;
import org.storysign.plugins.problem.Violation;
import org.storysign.plugins.problem.Violations;

/**
 * The JSON Schema 2020-12 of a plugin's configuration. The schema comes from an author we do not trust, so it may not name
 * anything outside itself, may not be recursive, is bounded in size and its patterns in steps: checking a configuration ends, and
 * soon.
 */
public final class ConfigSchema {

    private static final int LONGEST_MESSAGE = 300;
    private static final SchemaRegistryConfig SETTINGS = SchemaRegistryConfig.builder()
            .regularExpressionFactory(BoundedPattern::new)
            .pathType(PathType.JSON_POINTER)
            .locale(Locale.ENGLISH)
            .build();
    private static final SchemaRegistry SCHEMAS = registry();
    private static final Schema META =
            SCHEMAS.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    private final ObjectNode schema;

    /** @param schema one in which {@link #problems} found none */
    public ConfigSchema(JsonNode schema) {
        this.schema = (ObjectNode) schema;
    }

    /** What is wrong with a schema; pointers are relative to it. */
    static List<Violation> problems(ObjectNode schema) {
        Violations violations = new Violations();
        new ConfigSchemaShape(schema, violations).check();
        if (violations.isEmpty()) {
            META.validate(schema.toString(), InputFormat.JSON).forEach(error -> report(error, violations));
        }
        return violations.list();
    }

    /** What is wrong with a configuration; pointers are relative to it. */
    public List<Violation> check(ObjectNode config) {
        Violations violations = new Violations();
        new ConfigWalk(schema)
                .secrets(config)
                .forEach(pointer -> violations.add(
                        pointer,
                        "is a secret (`writeOnly`), and this version of the service does not keep secrets yet"));
        Schema validator = registry().getSchema(schema.toString(), InputFormat.JSON);
        validator.validate(config.toString(), InputFormat.JSON).forEach(error -> report(error, violations));
        return violations.list();
    }

    /** The configuration with the schema's defaults where it says nothing. */
    public ObjectNode withDefaults(ObjectNode config) {
        return new ConfigWalk(schema).withDefaults(config);
    }

    private static void report(Error error, Violations violations) {
        String message = error.getMessage();
        violations.add(
                error.getInstanceLocation().toString(),
                ReadableText.line(message, LONGEST_MESSAGE).orElseGet(() -> GuestText.quote(message)));
    }

    private static SchemaRegistry registry() {
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(SETTINGS));
    }
}
