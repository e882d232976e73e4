package org.storysign.plugins.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.permission.ConsentChange;
import org.storysign.plugins.permission.DangerousCombination;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.Permission;
import org.storysign.plugins.permission.PermissionName;

/**
 * What an operator is asked to agree to, for people and for programs.
 *
 * @param version the release it is about
 * @param packageDigest what the consent binds
 * @param consent names exactly this offer; given with the same grants, it agrees to it
 * @param needed whether anything in it has to be agreed to
 * @param level where it would run
 * @param limits what one call may use there at most, as the manifest lowers it
 * @param permissions everything the manifest asks for, with the author's reasons
 * @param changes what is different from what was agreed to last
 * @param warnings what to look at twice
 * @param request the body for POST enable, or without the rest for PUT active-release, that gives exactly this
 */
public record ConsentSheet(
        String version,
        String packageDigest,
        String consent,
        boolean needed,
        String level,
        LimitsLine limits,
        List<AskedView> permissions,
        List<ChangeView> changes,
        List<WarningView> warnings,
        Map<String, Object> request) {

    /**
     * A permission the manifest asks for.
     *
     * @param lets what it lets the plugin do, in words that follow "can"
     * @param optional whether the plugin runs without it
     * @param offered whether this offer gives it
     * @param reason why, in the author's words (guest text); null when there is none
     * @param usedBy what in the package can use it; empty for what is asked for in vain
     */
    public record AskedView(
            String name,
            String risk,
            String lets,
            List<String> hosts,
            List<String> methods,
            boolean optional,
            boolean offered,
            @Nullable String reason,
            List<String> usedBy) {}

    /** The limits a manifest can ask for. */
    public record LimitsLine(long fuel, long memoryBytes, long runTimeMs) {

        static LimitsLine of(Limits limits) {
            return new LimitsLine(
                    limits.fuel().units(),
                    limits.memory().bytes(),
                    limits.runTime().toMillis());
        }
    }

    /** {@code change} is added, removed, wider or narrower; {@code words} follow "the plugin". */
    public record ChangeView(String change, String of, List<String> values, boolean needsConsent, String words) {}

    /**
     * Something to look at twice.
     *
     * @param code {@code dangerous-pair}, {@code many-permissions}, {@code unused-permission} or {@code undeclared-import}
     * @param about the permissions, or the import
     * @param words which follow "the plugin"
     */
    public record WarningView(String code, List<String> about, String words) {}

    /** @param plugin with the release that is offered */
    static ConsentSheet of(Plugin plugin, EnableOffer offer, PermissionUse use) {
        Release release = plugin.active();
        return new ConsentSheet(
                release.manifest().version().value(),
                release.packageDigest().value(),
                offer.consentId(),
                !offer.wider().isEmpty(),
                offer.level().publicName(),
                LimitsLine.of(release.manifest().limits().lower(offer.level().limits())),
                release.manifest().permissions().stream()
                        .map(asked -> asked(asked, offer.grants(), use))
                        .toList(),
                offer.changes().stream().map(ConsentSheet::change).toList(),
                warnings(offer.grants(), use),
                request(offer));
    }

    private static AskedView asked(Permission asked, Grants grants, PermissionUse use) {
        PermissionName name = asked.name();
        List<String> hosts = List.of();
        List<String> methods = List.of();
        if (asked instanceof Permission.Network network) {
            hosts = List.copyOf(new TreeSet<>(network.hosts()));
            methods = List.copyOf(new TreeSet<>(network.methods()));
        }
        return new AskedView(
                name.publicName(),
                name.risk().name().toLowerCase(Locale.ROOT),
                name.lets(),
                hosts,
                methods,
                asked.optional(),
                grants.allows(name),
                asked.reason().orElse(null),
                use.users(name));
    }

    private static ChangeView change(ConsentChange change) {
        return new ChangeView(
                change.change().publicName(), change.of(), change.values(), change.needsConsent(), change.words());
    }

    static List<WarningView> warnings(Grants grants, PermissionUse use) {
        List<WarningView> warnings = new ArrayList<>();
        for (DangerousCombination danger : DangerousCombination.among(grants.names())) {
            warnings.add(new WarningView(
                    danger.isPair() ? "dangerous-pair" : "many-permissions",
                    danger.names().stream()
                            .map(PermissionName::publicName)
                            .sorted()
                            .toList(),
                    danger.warning(grants.hosts())));
        }
        use.excess()
                .forEach(name -> warnings.add(new WarningView(
                        "unused-permission",
                        List.of(name.publicName()),
                        "asks for `" + name.publicName() + "`, but imports nothing that could use it")));
        use.undeclared()
                .forEach(undeclared -> warnings.add(new WarningView(
                        "undeclared-import",
                        List.of(undeclared.function()),
                        "imports `" + undeclared.function() + "` and does not ask for " + names(undeclared)
                                + (undeclared.stops()
                                        ? ": it cannot be enabled"
                                        : ": what it tries by it will be denied"))));
        return warnings;
    }

    private static String names(PermissionUse.Undeclared undeclared) {
        return undeclared.anyOf().stream()
                .sorted()
                .map(name -> "`" + name.publicName() + "`")
                .collect(Collectors.joining(" or "));
    }

    private static Map<String, Object> request(EnableOffer offer) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("grants", form(offer.grants()));
        if (offer.level() != offer.usual()) {
            request.put("level", offer.level().publicName());
        }
        if (!offer.wider().isEmpty()) {
            request.put("consent", offer.consentId());
        }
        return request;
    }

    /** Grants in the form in which they are given. */
    private static List<Object> form(Grants grants) {
        return grants.names().stream()
                .sorted()
                .map(name -> name == PermissionName.NETWORK_ACCESS ? network(grants) : name.publicName())
                .toList();
    }

    private static Object network(Grants grants) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("name", PermissionName.NETWORK_ACCESS.publicName());
        form.put("hosts", List.copyOf(new TreeSet<>(grants.hosts())));
        form.put("methods", List.copyOf(new TreeSet<>(grants.methods())));
        return form;
    }
}
