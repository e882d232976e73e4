package org.storysign.plugins.hook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.storysign.plugins.manifest.HookName;
import org.storysign.plugins.manifest.HookType;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.Violations;

/**
 * A hook's call as a CloudEvent 1.0 in structured JSON: {@code type} names the hook, the end of {@code dataschema} its type
 * ({@code urn:storysign:hook:filter}), {@code data} is the rest of the call. Source, subject, time and extensions are not looked at further.
 *
 * @param call what the body of POST /hooks/{hook_name} would be
 */
public record CloudEvent(HookName hook, ObjectNode call) {

    private static final String VERSION = "1.0";
    private static final int LONGEST = 500;
    private static final Pattern JSON_TYPE = Pattern.compile("(?i)application/([a-z0-9.+-]+\\+)?json(\\s*;.*)?");
    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,100}");
    private static final String TYPES =
            Arrays.stream(HookType.values()).map(HookType::publicName).collect(Collectors.joining(", "));

    /** Fails with {@code ProblemException} {@code request-invalid} and every violation. */
    public static CloudEvent read(ObjectNode event) {
        Violations violations = new Violations();
        Set<String> named = event.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> EXTENSION.matcher(name).matches())
                .collect(Collectors.toSet());
        named.remove("data_base64");
        JsonFields fields = new JsonFields(event, "", violations, named)
                .require("specversion", "id", "source", "type", "dataschema", "data");
        fields.parsed("specversion", text -> Optional.of(text).filter(VERSION::equals), "`" + VERSION + "`");
        for (String attribute : new String[] {"id", "source"}) {
            fields.parsed(
                    attribute,
                    text -> Optional.of(text).filter(said -> !said.isBlank() && said.length() <= LONGEST),
                    "a text of 1 to " + LONGEST + " characters");
        }
        fields.parsed(
                "datacontenttype",
                text -> Optional.of(text).filter(said -> JSON_TYPE.matcher(said).matches()),
                "a type of JSON");
        Optional<HookName> hook = fields.parsed("type", HookName::parse, "a hook's name");
        Optional<HookType> type =
                fields.parsed("dataschema", CloudEvent::type, "an address that ends in one of " + TYPES);
        Optional<ObjectNode> data = fields.object("data");
        if (data.filter(call -> call.has("type")).isPresent()) {
            violations.add("/data/type", "is said, expected it in `dataschema` alone");
        }
        violations.refuse(ProblemCode.REQUEST_INVALID, "the event");
        ObjectNode call = data.orElseThrow().deepCopy();
        call.put("type", type.orElseThrow().publicName());
        return new CloudEvent(hook.orElseThrow(), call);
    }

    private static Optional<HookType> type(String schema) {
        return schema.length() > LONGEST
                ? Optional.empty()
                : HookType.parse(schema.substring(1 + Math.max(schema.lastIndexOf('/'), schema.lastIndexOf(':'))));
    }
}
