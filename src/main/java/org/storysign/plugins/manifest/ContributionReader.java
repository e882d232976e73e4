package org.storysign.plugins.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.problem.JsonPointers;
import org.storysign.plugins.problem.Violations;

/** Reads what a plugin brings to the product: hooks, endpoints, UI components. */
final class ContributionReader {

    static final int MOST_HOOKS = 100;
    static final int MOST_ENDPOINTS = 50;
    static final int MOST_COMPONENTS = 50;
    static final long LARGEST_PRIORITY = 1_000_000;
    static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private static final Set<String> HOOK_FIELDS = Set.of("name", "type", "target", "handler", "priority", "on_error");
    private static final Set<String> ENDPOINT_FIELDS = Set.of("name", "path", "method", "handler", "auth");
    private static final Set<String> COMPONENT_FIELDS = Set.of("name", "slot", "source", "props");
    private static final List<String> HOOK_TYPES =
            Arrays.stream(HookType.values()).map(HookType::publicName).toList();
    private static final List<String> POLICIES =
            Arrays.stream(FailurePolicy.values()).map(FailurePolicy::publicName).toList();
    private static final List<String> AUTHS = Arrays.stream(EndpointDeclaration.Auth.values())
            .map(auth -> auth.name().toLowerCase(Locale.ROOT))
            .toList();

    private final Violations violations;

    ContributionReader(Violations violations) {
        this.violations = violations;
    }

    List<HookSubscription> hooks(JsonFields manifest) {
        Set<List<Object>> seen = new HashSet<>();
        return each(manifest, "hooks", MOST_HOOKS, HOOK_FIELDS, fields -> {
            Optional<HookSubscription> hook = hook(fields);
            if (hook.isPresent()
                    && !seen.add(List.of(
                            hook.get().hook(), hook.get().type(), hook.get().target()))) {
                fields.report("name", "is subscribed to twice with the same type and target");
            }
            return hook;
        });
    }

    List<EndpointDeclaration> endpoints(JsonFields manifest) {
        Set<String> names = new HashSet<>();
        Set<String> routes = new HashSet<>();
        return each(manifest, "api_endpoints", MOST_ENDPOINTS, ENDPOINT_FIELDS, fields -> {
            Optional<EndpointDeclaration> endpoint = endpoint(fields);
            if (endpoint.isPresent() && !names.add(endpoint.get().name())) {
                fields.report("name", "is the name of another endpoint too");
            }
            if (endpoint.isPresent() && !routes.add(route(endpoint.get()))) {
                fields.report("path", "is the path of another endpoint with the same method");
            }
            return endpoint;
        });
    }

    List<UiComponent> components(JsonFields manifest, Map<String, Digest> files) {
        Set<String> names = new HashSet<>();
        return each(manifest, "ui_components", MOST_COMPONENTS, COMPONENT_FIELDS, fields -> {
            Optional<UiComponent> component = component(fields);
            if (component.isPresent() && !names.add(component.get().name())) {
                fields.report("name", "is the name of another component too");
            }
            if (component.isPresent() && !files.containsKey(component.get().source())) {
                fields.report("source", "is not one of `files`");
            }
            return component;
        });
    }

    private static Optional<HookSubscription> hook(JsonFields fields) {
        fields.require("name", "type", "handler");
        Optional<HookName> name = fields.parsed("name", HookName::parse, ManifestForms.DOTTED_NAME);
        Optional<HookType> type = fields.oneOf("type", HookType::parse, HOOK_TYPES);
        Optional<String> target = fields.parsed("target", ManifestForms::target, ManifestForms.TARGET);
        Optional<String> handler = fields.parsed("handler", ManifestForms::export, ManifestForms.EXPORT);
        int priority = fields.integer("priority", -LARGEST_PRIORITY, LARGEST_PRIORITY)
                .map(Long::intValue)
                .orElse(HookSubscription.DEFAULT_PRIORITY);
        FailurePolicy onError =
                fields.oneOf("on_error", FailurePolicy::parse, POLICIES).orElse(FailurePolicy.OPEN);
        return name.flatMap(hook -> type.flatMap(
                when -> handler.map(export -> new HookSubscription(hook, when, target, export, priority, onError))));
    }

    private static Optional<EndpointDeclaration> endpoint(JsonFields fields) {
        fields.require("name", "path", "method", "handler");
        Optional<String> name = fields.parsed("name", ManifestForms::name, ManifestForms.NAME);
        Optional<String> path = fields.parsed("path", ManifestForms::endpointPath, ManifestForms.ENDPOINT_PATH);
        Optional<String> method =
                fields.oneOf("method", text -> Optional.of(text).filter(METHODS::contains), METHODS);
        Optional<String> handler = fields.parsed("handler", ManifestForms::export, ManifestForms.EXPORT);
        EndpointDeclaration.Auth auth =
                fields.oneOf("auth", ContributionReader::auth, AUTHS).orElse(EndpointDeclaration.Auth.USER);
        return name.flatMap(called -> path.flatMap(place -> method.flatMap(
                verb -> handler.map(export -> new EndpointDeclaration(called, place, verb, export, auth)))));
    }

    private static Optional<UiComponent> component(JsonFields fields) {
        fields.require("name", "slot", "source");
        Optional<String> name = fields.parsed("name", ManifestForms::name, ManifestForms.NAME);
        Optional<String> slot = fields.parsed("slot", ManifestForms::dottedName, ManifestForms.DOTTED_NAME);
        Optional<String> source = fields.parsed("source", ManifestForms::file, ManifestForms.FILE);
        String props = fields.object("props").map(JsonNode::toString).orElse("{}");
        return name.flatMap(
                called -> slot.flatMap(where -> source.map(file -> new UiComponent(called, where, file, props))));
    }

    private static Optional<EndpointDeclaration.Auth> auth(String text) {
        int index = AUTHS.indexOf(text);
        return index < 0 ? Optional.empty() : Optional.of(EndpointDeclaration.Auth.values()[index]);
    }

    /** Two paths that differ only in their parameters' names are the same route. */
    private static String route(EndpointDeclaration endpoint) {
        return endpoint.method() + " " + endpoint.path().replaceAll("\\{[^}]*}", "{}");
    }

    private <T> List<T> each(JsonFields manifest, String name, int most, Set<String> known, ElementReader<T> reader) {
        Optional<ArrayNode> array = manifest.array(name, most);
        List<T> elements = new ArrayList<>();
        for (int index = 0; array.isPresent() && index < array.get().size(); index++) {
            String place = JsonPointers.child(manifest.pointerTo(name), index);
            JsonFields.of(array.get().get(index), place, violations, known)
                    .flatMap(reader::read)
                    .ifPresent(elements::add);
        }
        return elements;
    }

    /** Reads one element; empty when it could not be read and was reported. */
    private interface ElementReader<T> {
        Optional<T> read(JsonFields fields);
    }
}
