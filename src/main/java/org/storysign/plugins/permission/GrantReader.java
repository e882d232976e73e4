package org.storysign.plugins.permission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.Violations;

/** Turns what an operator gives into {@link Grants}: nothing that was not asked for, hosts and methods as asked or fewer. */
public final class GrantReader {

    private static final String POINTER = "/grants";

    private final List<Permission> asked;

    /** @param asked what the manifest asks for */
    public GrantReader(List<Permission> asked) {
        this.asked = List.copyOf(asked);
    }

    /**
     * The grants. Fails with {@code request-invalid} (violations) when they are not an array of permissions or give what was not
     * asked for.
     */
    public Grants read(JsonNode node) {
        Violations violations = new Violations();
        Grants grants = Grants.NONE;
        if (node instanceof ArrayNode array) {
            List<Permission> given = new PermissionReader(violations).read(array, POINTER);
            given.forEach(permission -> check(permission, violations));
            violations.refuse(ProblemCode.REQUEST_INVALID, "the request");
            grants = grants(given);
        } else {
            violations.add(POINTER, "is not an array of permissions");
        }
        violations.refuse(ProblemCode.REQUEST_INVALID, "the request");
        return grants;
    }

    /** Every permission that was asked for, given in full; {@code network:access} with all its hosts and methods. */
    public Grants everything() {
        return grants(asked);
    }

    /** What {@code before} gives of what is asked for here. */
    public Grants narrowed(Grants before) {
        return grants(asked.stream()
                .<Permission>mapMulti((permission, keep) -> {
                    if (!before.allows(permission.name())) {
                        return;
                    }
                    if (!(permission instanceof Permission.Network network)) {
                        keep.accept(permission);
                        return;
                    }
                    Set<String> hosts = common(network.hosts(), before.hosts());
                    Set<String> methods = common(network.methods(), before.methods());
                    if (!hosts.isEmpty() && !methods.isEmpty()) {
                        keep.accept(new Permission.Network(hosts, methods, network.reason(), network.optional()));
                    }
                })
                .toList());
    }

    /**
     * What a plugin keeps when it goes from a release that asked for {@code old} to this one: what it was given, as far as it is still
     * asked for, and what is asked for now and was not then; of that only the optional permissions are left out. What somebody took
     * away or never gave does not come back, unless the plugin cannot run without it.
     */
    public Grants carriedOver(Grants before, List<Permission> old) {
        Grants kept = narrowed(before);
        Grants known = grants(old);
        Set<PermissionName> names = EnumSet.noneOf(PermissionName.class);
        names.addAll(kept.names());
        asked.stream()
                .filter(permission -> !permission.optional())
                .map(Permission::name)
                .forEach(names::add);
        if (!names.contains(PermissionName.NETWORK_ACCESS)) {
            return new Grants(names, Set.of(), Set.of());
        }
        Grants all = everything();
        return new Grants(
                names,
                withNew(kept.hosts(), all.hosts(), known.hosts()),
                withNew(kept.methods(), all.methods(), known.methods()));
    }

    /** All of {@code now} where nothing would be left. */
    private static Set<String> withNew(Set<String> kept, Set<String> now, Set<String> old) {
        Set<String> values = new HashSet<>(now);
        values.removeAll(old);
        values.addAll(kept);
        return values.isEmpty() ? now : values;
    }

    private static Set<String> common(Set<String> one, Set<String> other) {
        Set<String> common = new HashSet<>(one);
        common.retainAll(other);
        return common;
    }

    /**
     * Refuses names that nobody can be granted, with {@code permission-unavailable}. They are known only so that packages of the
     * original system get a clear answer.
     */
    public void refuseReserved() {
        asked.stream()
                .map(Permission::name)
                .filter(PermissionName::isReserved)
                .findFirst()
                .ifPresent(name -> {
                    throw new ProblemException(
                            ProblemCode.PERMISSION_UNAVAILABLE,
                            "the permission `" + name.publicName() + "` is a reserved name that is never granted;"
                                    + " a plugin keeps its data by `storage:read` and `storage:write`",
                            Map.of(FactKey.PERMISSION, name.publicName()));
                });
    }

    /** Permissions that are not optional and that {@code grants} lack, in order of their names. */
    public Set<PermissionName> missing(Grants grants) {
        Set<PermissionName> missing = new TreeSet<>();
        asked.stream()
                .filter(permission -> !permission.optional() && !grants.allows(permission.name()))
                .forEach(permission -> missing.add(permission.name()));
        return missing;
    }

    private void check(Permission given, Violations violations) {
        Optional<Permission> found = asked.stream()
                .filter(permission -> permission.name() == given.name())
                .findFirst();
        if (found.isEmpty()) {
            violations.add(
                    POINTER, "`" + given.name().publicName() + "` is granted, but the manifest does not ask for it");
            return;
        }
        if (given instanceof Permission.Network network && found.get() instanceof Permission.Network wanted) {
            refuseOthers("host", network.hosts(), wanted.hosts(), violations);
            refuseOthers("method", network.methods(), wanted.methods(), violations);
        }
    }

    private static void refuseOthers(String kind, Set<String> given, Set<String> wanted, Violations violations) {
        new TreeSet<>(given)
                .stream()
                        .filter(value -> !wanted.contains(value))
                        .forEach(value -> violations.add(
                                POINTER,
                                "the " + kind + " `" + value + "` is granted, but the manifest does not ask for it"));
    }

    private static Grants grants(List<Permission> given) {
        Set<PermissionName> names = EnumSet.noneOf(PermissionName.class);
        Set<String> hosts = new HashSet<>();
        Set<String> methods = new HashSet<>();
        for (Permission permission : given) {
            names.add(permission.name());
            if (permission instanceof Permission.Network network) {
                hosts.addAll(network.hosts());
                methods.addAll(network.methods());
            }
        }
        return new Grants(names, hosts, methods);
    }
}
