package org.storysign.plugins.permission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.storysign.plugins.problem.DidYouMean;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.problem.JsonPointers;
import org.storysign.plugins.problem.ReadableText;
import org.storysign.plugins.problem.Violations;

/**
 * Reads an array of permissions, in the form that manifests ask and operators grant: a name, or an object with the name and what
 * belongs to it.
 */
public final class PermissionReader {

    /** The methods a plugin may ask for; those that tunnel or echo are not among them. */
    public static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    static final int MOST_HOSTS = 50;

    private static final Set<String> PLAIN_FIELDS = Set.of("name", "reason", "optional");
    private static final Set<String> NETWORK_FIELDS = Set.of("name", "reason", "optional", "hosts", "methods");
    private static final int LONGEST_REASON = 500;
    private static final List<String> NAMES = Arrays.stream(PermissionName.values())
            .map(PermissionName::publicName)
            .toList();

    private final Violations violations;

    public PermissionReader(Violations violations) {
        this.violations = violations;
    }

    /** The permissions that could be read; what could not is reported. */
    public List<Permission> read(ArrayNode array, String pointer) {
        List<Permission> permissions = new ArrayList<>();
        Set<PermissionName> seen = EnumSet.noneOf(PermissionName.class);
        for (int index = 0; index < array.size(); index++) {
            String place = JsonPointers.child(pointer, index);
            Optional<Permission> permission = one(array.get(index), place);
            if (permission.isPresent() && !seen.add(permission.get().name())) {
                violations.add(
                        place, "the permission `" + permission.get().name().publicName() + "` is there twice");
            }
            permission.ifPresent(permissions::add);
        }
        return permissions;
    }

    private Optional<Permission> one(JsonNode node, String place) {
        if (node.isTextual()) {
            return name(node.textValue(), place).flatMap(name -> withoutFields(name, place));
        }
        if (node instanceof ObjectNode object) {
            return withFields(object, place);
        }
        violations.add(place, "is neither a permission's name nor an object");
        return Optional.empty();
    }

    private Optional<PermissionName> name(String text, String place) {
        Optional<PermissionName> name = PermissionName.parse(text);
        if (name.isEmpty()) {
            violations.add(
                    place, "the permission " + GuestText.quote(text) + " is unknown" + DidYouMean.hint(text, NAMES));
        }
        return name;
    }

    private Optional<Permission> withoutFields(PermissionName name, String place) {
        if (name == PermissionName.NETWORK_ACCESS) {
            violations.add(place, "`network:access` needs its hosts: {\"name\": \"network:access\", \"hosts\": […]}");
            return Optional.empty();
        }
        return Optional.of(new Permission.Plain(name, Optional.empty(), false));
    }

    private Optional<Permission> withFields(ObjectNode object, String place) {
        boolean network = PermissionName.NETWORK_ACCESS
                .publicName()
                .equals(object.path("name").textValue());
        JsonFields fields = new JsonFields(object, place, violations, network ? NETWORK_FIELDS : PLAIN_FIELDS);
        fields.require("name");
        Optional<PermissionName> name = fields.text("name").flatMap(text -> name(text, fields.pointerTo("name")));
        Optional<String> reason = fields.parsed(
                "reason",
                text -> ReadableText.paragraph(text, LONGEST_REASON),
                "1 to " + LONGEST_REASON + " readable characters");
        boolean optional = fields.bool("optional").orElse(false);
        if (!network) {
            return name.map(known -> new Permission.Plain(known, reason, optional));
        }
        fields.require("hosts");
        Set<String> hosts =
                set(fields, "hosts", text -> AllowedHost.parse(text).map(AllowedHost::value), AllowedHost.EXPECTED);
        Set<String> methods = set(
                fields,
                "methods",
                text -> Optional.of(text).filter(METHODS::contains),
                "one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
        return hosts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Permission.Network(hosts, methods, reason, optional));
    }

    private Set<String> set(JsonFields fields, String name, Function<String, Optional<String>> parse, String expected) {
        Optional<ArrayNode> array = fields.array(name, MOST_HOSTS);
        Set<String> values = new LinkedHashSet<>();
        if (array.isPresent() && array.get().isEmpty()) {
            fields.report(name, "is empty, expected at least one");
        }
        for (int index = 0; array.isPresent() && index < array.get().size(); index++) {
            JsonNode node = array.get().get(index);
            String place = JsonPointers.child(fields.pointerTo(name), index);
            Optional<String> value = node.isTextual() ? parse.apply(node.textValue()) : Optional.empty();
            if (value.isEmpty()) {
                violations.add(place, "is " + GuestText.quote(node.asText()) + ", expected " + expected);
            } else if (!values.add(value.get())) {
                violations.add(place, GuestText.quote(value.get()) + " is there twice");
            }
        }
        return values;
    }
}
