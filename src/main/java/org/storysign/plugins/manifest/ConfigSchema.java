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
import java.util.Set;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.JsonPointers;
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
            validate(META, schema, violations);
        }
        return violations.list();
    }

    /** What is wrong with a configuration; pointers are relative to it. */
    public List<Violation> check(ObjectNode config) {
        Violations violations = new Violations();
        validate(registry().getSchema(schema.toString(), InputFormat.JSON), config, violations);
        Set<String> secrets = secrets(config);
        return violations.list().stream()
                .map(violation -> isWithin(secrets, violation.pointer()) ? untold(violation) : violation)
                .distinct()
                .toList();
    }

    /** Pointers to the values of a configuration that are secrets: their schema says {@code writeOnly}, in any branch. */
    public Set<String> secrets(ObjectNode config) {
        Set<String> found = new ConfigWalk(schema).secrets(config);
        if (found.contains("")) {
            config.fieldNames().forEachRemaining(member -> found.add(JsonPointers.child("", member)));
            found.remove("");
        }
        return found;
    }

    private static boolean isWithin(Set<String> secrets, String pointer) {
        return secrets.stream().anyMatch(secret -> pointer.equals(secret) || pointer.startsWith(secret + "/"));
    }

    /** What is said of a value may quote it. */
    private static Violation untold(Violation violation) {
        return new Violation(violation.pointer(), "does not fit its schema; it is a secret, so no more is told");
    }

    /** The library throws exceptions of many kinds on numbers that its own types do not hold, such as 1e300 for an integer. */
    private static void validate(Schema validator, ObjectNode value, Violations violations) {
        try {
            validator.validate(value.toString(), InputFormat.JSON).forEach(error -> report(error, violations));
        } catch (RuntimeException unheld) {
            violations.add("", "holds a number that cannot be checked, expected one of a usual size");
        }
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
