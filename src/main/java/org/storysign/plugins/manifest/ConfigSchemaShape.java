package org.storysign.plugins.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.JsonPointers;
import org.storysign.plugins.problem.Violations;

/**
 * Looks at a schema before the validator does: no reference out of it, none that leads back to itself, and not larger than
 * {@value #LARGEST} parts once every reference is followed (a few references to references can stand for billions).
 */
final class ConfigSchemaShape {

    static final int LARGEST = 5_000;
    static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private static final Set<String> REFUSED = Set.of(
            "$id",
            "$anchor",
            "$dynamicRef",
            "$dynamicAnchor",
            "$recursiveRef",
            "$recursiveAnchor",
            "$vocabulary",
            "contentSchema");

    private final ObjectNode root;
    private final Violations violations;
    private final Map<JsonNode, Long> sizes = new IdentityHashMap<>();
    private final Set<String> open = new HashSet<>();

    ConfigSchemaShape(ObjectNode root, Violations violations) {
        this.root = root;
        this.violations = violations;
    }

    void check() {
        JsonNode type = root.path("type");
        if (!type.isMissingNode() && !type.asText().equals("object")) {
            violations.add("/type", "is " + GuestText.quote(type.toString()) + ", expected `object`");
        }
        if (size(root, "") > LARGEST) {
            violations.add("", "has more than " + LARGEST + " parts once every `$ref` is followed");
        }
    }

    private long size(JsonNode schema, String pointer) {
        if (!(schema instanceof ObjectNode object)) {
            return 1;
        }
        Long known = sizes.get(object);
        if (known != null) {
            return known;
        }
        long size = 1;
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            size += member(member.getKey(), member.getValue(), pointer);
        }
        long bounded = Math.min(size, LARGEST + 1L);
        sizes.put(object, bounded);
        return bounded;
    }

    private long member(String keyword, JsonNode value, String pointer) {
        String place = JsonPointers.child(pointer, keyword);
        if (REFUSED.contains(keyword)) {
            violations.add(place, "`" + keyword + "` cannot be used here");
            return 1;
        }
        if (keyword.equals("$schema") && !value.asText().equals(DIALECT)) {
            violations.add(place, "is " + GuestText.quote(value.asText()) + ", expected `" + DIALECT + "`");
        }
        if (keyword.equals("$ref")) {
            return reference(value, place);
        }
        if (keyword.equals("pattern") && value.isTextual()) {
            BoundedPattern.problem(value.textValue()).ifPresent(problem -> violations.add(place, problem));
        }
        if (SchemaKeywords.VALUES.contains(keyword)) {
            return 1;
        }
        return SchemaKeywords.NAMED.contains(keyword) ? named(keyword, value, place) : held(value, place);
    }

    private long named(String keyword, JsonNode schemas, String pointer) {
        long size = 1;
        for (Map.Entry<String, JsonNode> member : schemas.properties()) {
            String place = JsonPointers.child(pointer, member.getKey());
            if (keyword.equals("patternProperties")) {
                BoundedPattern.problem(member.getKey()).ifPresent(problem -> violations.add(place, problem));
            }
            size += size(member.getValue(), place);
        }
        return size;
    }

    private long held(JsonNode value, String pointer) {
        if (!value.isArray()) {
            return size(value, pointer);
        }
        long size = 1;
        for (int index = 0; index < value.size(); index++) {
            size += size(value.get(index), JsonPointers.child(pointer, index));
        }
        return size;
    }

    private long reference(JsonNode value, String place) {
        String reference = value.asText();
        JsonNode target = SchemaKeywords.target(root, reference);
        if (!value.isTextual() || reference.contains("%") || !(target.isObject() || target.isBoolean())) {
            violations.add(
                    place,
                    "is " + GuestText.quote(reference) + ", expected a place in this schema such as `#/$defs/word`");
            return 1;
        }
        if (!open.add(reference)) {
            violations.add(place, "leads back to itself; recursive schemas cannot be used here");
            return 1;
        }
        long size = size(target, reference.substring(1));
        open.remove(reference);
        return size;
    }
}
