package org.storysign.plugins.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.Violation;
import org.storysign.plugins.secret.SealedSecret;
import org.storysign.plugins.signature.PackageSignature;
import org.storysign.plugins.wasm.scan.Finding;
import org.storysign.plugins.wasm.scan.ScanReport;
import org.storysign.plugins.wasm.scan.Severity;

/** Values that are kept as JSON text. Members are only ever added: older and newer services read each other's rows. */
final class Documents {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Documents() {}

    static ObjectNode object(String text) {
        if (read(text) instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalStateException("the database holds a document that is no object");
    }

    static String grants(Grants grants) {
        ObjectNode node = JSON.createObjectNode();
        node.set("names", array(grants.names(), PermissionName::publicName));
        node.set("hosts", array(grants.hosts(), Function.identity()));
        node.set("methods", array(grants.methods(), Function.identity()));
        return node.toString();
    }

    static Grants grants(String text) {
        ObjectNode node = object(text);
        return new Grants(
                texts(node.path("names"))
                        .map(name -> PermissionName.parse(name).orElseThrow())
                        .collect(Collectors.toUnmodifiableSet()),
                texts(node.path("hosts")).collect(Collectors.toUnmodifiableSet()),
                texts(node.path("methods")).collect(Collectors.toUnmodifiableSet()));
    }

    static String scan(ScanReport report) {
        ArrayNode findings = JSON.createArrayNode();
        for (Finding finding : report.findings()) {
            findings.addObject()
                    .put("rule", finding.rule())
                    .put("severity", finding.severity().name())
                    .put("where", finding.where())
                    .put("message", finding.message());
        }
        return findings.toString();
    }

    static ScanReport scan(String text) {
        return new ScanReport(StreamSupport.stream(read(text).spliterator(), false)
                .map(node -> new Finding(
                        node.path("rule").asText(),
                        Severity.valueOf(node.path("severity").asText()),
                        node.path("where").asText(),
                        node.path("message").asText()))
                .toList());
    }

    static String violations(List<Violation> violations) {
        ArrayNode array = JSON.createArrayNode();
        violations.forEach(violation ->
                array.addObject().put("pointer", violation.pointer()).put("detail", violation.detail()));
        return array.toString();
    }

    static List<Violation> violations(String text) {
        return StreamSupport.stream(read(text).spliterator(), false)
                .map(node -> new Violation(
                        node.path("pointer").asText(), node.path("detail").asText()))
                .toList();
    }

    static String signatures(List<PackageSignature> signatures) {
        ArrayNode array = JSON.createArrayNode();
        signatures.forEach(signature -> array.add(signature.bundle()));
        return array.toString();
    }

    static List<PackageSignature> signatures(String text) {
        return texts(read(text)).map(Documents::signature).toList();
    }

    /** What cannot be read any more fits no key. */
    private static PackageSignature signature(String bundle) {
        try {
            return PackageSignature.read(bundle.getBytes(StandardCharsets.UTF_8));
        } catch (ProblemException unreadable) {
            return new PackageSignature(new byte[] {0}, Optional.empty());
        }
    }

    /** Each by its pointer. */
    static String secrets(Map<String, SealedSecret> secrets) {
        ObjectNode node = JSON.createObjectNode();
        secrets.forEach((pointer, secret) -> node.put(pointer, secret.text()));
        return node.toString();
    }

    static Map<String, SealedSecret> secrets(String text) {
        Map<String, SealedSecret> secrets = new LinkedHashMap<>();
        object(text)
                .properties()
                .forEach(member -> secrets.put(
                        member.getKey(),
                        // What is not a sealed secret any more opens with no key.
                        SealedSecret.parse(member.getValue().asText(""))
                                .orElseGet(() -> new SealedSecret("unreadable", new byte[12]))));
        return secrets;
    }

    private static <T> ArrayNode array(Set<T> values, Function<T, String> text) {
        ArrayNode array = JSON.createArrayNode();
        values.stream().map(text).collect(Collectors.toCollection(TreeSet::new)).forEach(array::add);
        return array;
    }

    private static Stream<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds a document that is not JSON", e);
        }
    }
}
