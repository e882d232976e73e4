package org.storysign.plugins.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.permission.Permission;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.permission.PermissionReader;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.problem.JsonPointers;
import org.storysign.plugins.problem.ReadableText;
import org.storysign.plugins.problem.Violations;

/** The members of one manifest whose version is known. */
final class ManifestBody {

    static final Set<String> FIELDS = Set.of(
            "manifest_version",
            "id",
            "name",
            "version",
            "description",
            "author",
            "license",
            "homepage",
            "entry_point",
            "digest",
            "files",
            "min_platform_version",
            "supported_modules",
            "dependencies",
            "permissions",
            "hooks",
            "ui_components",
            "api_endpoints",
            "config_schema",
            "sandbox_config",
            "resource_limits",
            "lifecycle");

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_DESCRIPTION = 4_000;
    private static final int LONGEST_AUTHOR = 200;
    private static final int MOST_FILES = 200;
    private static final int MOST_MODULES = 50;
    private static final int MOST_DEPENDENCIES = 50;
    private static final int LARGEST_MEMORY_MIB = 4_096;
    private static final long LARGEST_FUEL = 1_000_000_000_000_000L;
    private static final long LONGEST_RUN_MILLIS = 3_600_000;
    private static final String SEMVER = "a semantic version such as `1.2.0`";
    private static final String DIGEST = "`sha256:` and 64 lower-case hexadecimal digits";
    private static final List<String> LEVELS =
            Arrays.stream(SecurityLevel.values()).map(SecurityLevel::publicName).toList();
    private static final List<String> INSTANCES = Arrays.stream(SandboxConfig.InstancePolicy.values())
            .map(policy -> policy.name().toLowerCase(Locale.ROOT))
            .toList();

    private final ObjectNode source;
    private final Violations violations;
    private final JsonFields fields;
    private final ContributionReader contributions;

    ManifestBody(ObjectNode source, Violations violations) {
        this.source = source;
        this.violations = violations;
        this.fields = new JsonFields(source, "", violations, FIELDS);
        this.contributions = new ContributionReader(violations);
    }

    /** Present unless a violation was reported. */
    Optional<PluginManifest> manifest() {
        fields.require("id", "name", "version", "entry_point");
        Optional<PluginId> id = id();
        Optional<Version> version = fields.parsed("version", Version::parse, SEMVER);
        PluginManifest.About about = about();
        Optional<String> entryPoint =
                fields.parsed("entry_point", ManifestForms::moduleFile, ManifestForms.MODULE_FILE);
        Optional<Digest> digest = fields.parsed("digest", Digest::parse, DIGEST);
        Map<String, Digest> files = files(entryPoint);
        Optional<Version> platform = fields.parsed("min_platform_version", Version::parse, SEMVER);
        Set<String> modules = supportedModules();
        Map<PluginId, String> dependencies = dependencies(id);
        List<Permission> permissions = permissions();
        List<HookSubscription> hooks = contributions.hooks(fields);
        List<UiComponent> components = components(files, permissions);
        List<EndpointDeclaration> endpoints = contributions.endpoints(fields);
        ObjectNode schema = configSchema();
        SandboxConfig sandbox = sandbox();
        RequestedLimits limits = limits();
        Lifecycle lifecycle = lifecycle();
        if (!violations.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PluginManifest(
                id.orElseThrow(),
                version.orElseThrow(),
                about,
                entryPoint.orElseThrow(),
                digest,
                files,
                platform,
                modules,
                dependencies,
                permissions,
                hooks,
                components,
                endpoints,
                schema,
                sandbox,
                limits,
                lifecycle,
                source));
    }

    private Optional<PluginId> id() {
        Optional<PluginId> id = fields.parsed("id", PluginId::parse, "an id that matches [a-z0-9][a-z0-9-]{1,62}");
        if (id.isPresent() && ReservedIds.contains(id.get().value())) {
            fields.report("id", "is `" + id.get() + "`, which is reserved");
        }
        return id;
    }

    private PluginManifest.About about() {
        String name = fields.parsed("name", text -> ReadableText.line(text, LONGEST_NAME), readable(LONGEST_NAME))
                .orElse("");
        String description = fields.parsed(
                        "description",
                        text -> ReadableText.paragraph(text, LONGEST_DESCRIPTION),
                        readable(LONGEST_DESCRIPTION))
                .orElse("");
        String author = fields.parsed(
                        "author", text -> ReadableText.line(text, LONGEST_AUTHOR), readable(LONGEST_AUTHOR))
                .orElse("");
        return new PluginManifest.About(
                name,
                description,
                author,
                fields.parsed("license", ManifestForms::license, ManifestForms.LICENSE),
                fields.parsed("homepage", ManifestForms::homepage, ManifestForms.HOMEPAGE));
    }

    private static String readable(int longest) {
        return "1 to " + longest + " readable characters in normal form NFC, no spaces at the ends";
    }

    private Map<String, Digest> files(Optional<String> entryPoint) {
        Map<String, Digest> files = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        entryPoint.ifPresent(path -> seen.add(path.toLowerCase(Locale.ROOT)));
        members("files", MOST_FILES).forEach((path, node) -> {
            String place = JsonPointers.child("/files", path);
            if (ManifestForms.file(path).isEmpty()) {
                violations.add(place, "the name " + GuestText.quote(path) + " is not " + ManifestForms.FILE);
            } else if (!seen.add(path.toLowerCase(Locale.ROOT))) {
                violations.add(place, "is there twice, or is the entry point");
            }
            Optional<Digest> digest = Optional.ofNullable(node.textValue()).flatMap(Digest::parse);
            if (digest.isEmpty()) {
                violations.add(place, "is " + GuestText.quote(node.toString()) + ", expected " + DIGEST);
            }
            digest.ifPresent(value -> files.put(path, value));
        });
        return files;
    }

    private Set<String> supportedModules() {
        Set<String> modules = new LinkedHashSet<>();
        fields.array("supported_modules", MOST_MODULES).ifPresent(array -> {
            for (int index = 0; index < array.size(); index++) {
                JsonNode node = array.get(index);
                String place = JsonPointers.child("/supported_modules", index);
                Optional<String> name = Optional.ofNullable(node.textValue()).flatMap(ManifestForms::dottedName);
                if (name.isEmpty()) {
                    violations.add(
                            place,
                            "is " + GuestText.quote(node.toString()) + ", expected " + ManifestForms.DOTTED_NAME);
                } else if (!modules.add(name.get())) {
                    violations.add(place, "is there twice");
                }
            }
        });
        return modules;
    }

    private Map<PluginId, String> dependencies(Optional<PluginId> self) {
        Map<PluginId, String> dependencies = new LinkedHashMap<>();
        members("dependencies", MOST_DEPENDENCIES).forEach((name, node) -> {
            String place = JsonPointers.child("/dependencies", name);
            Optional<PluginId> id = PluginId.parse(name);
            Optional<String> range = Optional.ofNullable(node.textValue()).flatMap(ManifestForms::range);
            if (id.isEmpty()) {
                violations.add(place, "the name " + GuestText.quote(name) + " is not a plugin's id");
            } else if (id.equals(self)) {
                violations.add(place, "is the plugin itself");
            }
            if (range.isEmpty()) {
                violations.add(place, "is " + GuestText.quote(node.toString()) + ", expected " + ManifestForms.RANGE);
            }
            if (id.isPresent() && range.isPresent()) {
                dependencies.put(id.get(), range.get());
            }
        });
        return dependencies;
    }

    private Map<String, JsonNode> members(String name, int most) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        fields.object(name)
                .ifPresent(object ->
                        object.properties().forEach(member -> members.put(member.getKey(), member.getValue())));
        if (members.size() > most) {
            fields.report(name, "has " + members.size() + " members, expected at most " + most);
            return Map.of();
        }
        return members;
    }

    private List<Permission> permissions() {
        return fields.array("permissions", PermissionName.values().length)
                .map(array -> new PermissionReader(violations).read(array, "/permissions"))
                .orElse(List.of());
    }

    private List<UiComponent> components(Map<String, Digest> files, List<Permission> permissions) {
        List<UiComponent> components = contributions.components(fields, files);
        boolean asked = permissions.stream().anyMatch(asks -> asks.name() == PermissionName.MODIFY_UI);
        if (!components.isEmpty() && !asked) {
            fields.report("ui_components", "need the permission `modify:ui`, which `permissions` does not ask for");
        }
        return components;
    }

    private ObjectNode configSchema() {
        ObjectNode schema = fields.object("config_schema").orElseGet(source::objectNode);
        ConfigSchema.problems(schema)
                .forEach(problem -> violations.add("/config_schema" + problem.pointer(), problem.detail()));
        return schema;
    }

    private SandboxConfig sandbox() {
        return nested("sandbox_config", Set.of("security_level", "instance"))
                .map(config -> new SandboxConfig(
                        config.oneOf("security_level", SecurityLevel::parse, LEVELS),
                        config.oneOf("instance", ManifestBody::instance, INSTANCES)
                                .orElse(SandboxConfig.InstancePolicy.FRESH)))
                .orElse(SandboxConfig.DEFAULT);
    }

    private static Optional<SandboxConfig.InstancePolicy> instance(String text) {
        int index = INSTANCES.indexOf(text);
        return index < 0 ? Optional.empty() : Optional.of(SandboxConfig.InstancePolicy.values()[index]);
    }

    private RequestedLimits limits() {
        return nested("resource_limits", Set.of("memory_mib", "fuel", "execution_time_ms"))
                .map(asked -> new RequestedLimits(
                        asked.integer("memory_mib", 1, LARGEST_MEMORY_MIB).map(MemorySize::ofMiB),
                        asked.integer("fuel", 1, LARGEST_FUEL).map(Fuel::new),
                        asked.integer("execution_time_ms", 1, LONGEST_RUN_MILLIS)
                                .map(Duration::ofMillis)))
                .orElse(RequestedLimits.NONE);
    }

    private Lifecycle lifecycle() {
        return nested("lifecycle", Set.of("initialize", "cleanup", "status"))
                .map(exports -> new Lifecycle(
                        export(exports, "initialize"), export(exports, "cleanup"), export(exports, "status")))
                .orElse(Lifecycle.NONE);
    }

    private static Optional<String> export(JsonFields exports, String turn) {
        return exports.parsed(turn, ManifestForms::export, ManifestForms.EXPORT);
    }

    private Optional<JsonFields> nested(String name, Set<String> known) {
        return fields.object(name).map(object -> new JsonFields(object, "/" + name, violations, known));
    }
}
