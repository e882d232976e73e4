package org.storysign.plugins.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Set;

/** How the keywords of JSON Schema 2020-12 hold other schemas. Source: JSON Schema Core, section 10. */
final class SchemaKeywords {

    /** Objects from names to schemas. */
    static final Set<String> NAMED =
            Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies");

    /** Values that are not schemas, whatever they look like. */
    static final Set<String> VALUES =
            Set.of("const", "enum", "default", "examples", "required", "dependentRequired", "type");

    /** Schemas of the same value as the schema that holds them. */
    static final Set<String> SAME_VALUE = Set.of("allOf", "anyOf", "oneOf", "if", "then", "else", "not");

    /** Schemas of the elements of an array. */
    static final Set<String> ELEMENTS = Set.of("items", "contains", "unevaluatedItems");

    /** Schemas of members without one of their own. */
    static final Set<String> OTHER_MEMBERS = Set.of("additionalProperties", "unevaluatedProperties");

    private SchemaKeywords() {}

    /** The schema a local {@code $ref} leads to; missing when there is none. */
    static JsonNode target(JsonNode root, String reference) {
        if (reference.equals("#")) {
            return root;
        }
        return reference.startsWith("#/") ? root.at(reference.substring(1)) : MissingNode.getInstance();
    }
}
