package org.storysign.plugins.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.InvocationId;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.identity.UserReach;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;

/**
 * Control C21: two tenants, two plugins and two users, and the others' ids in every argument of every function. Everybody has secrets
 * that name them; nobody may ever see or mark what is another's. Each test begins with tenants that have nothing.
 */
public abstract class ConfusedDeputyContract {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final DataLimits ROOMY = new DataLimits(MemorySize.ofMiB(10), 10_000);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern SECRET = Pattern.compile("(profile|content|event|key)-of-[0-9]+");
    private static final List<String> PLUGINS = List.of("notes", "other");
    private static final List<String> USERS = List.of("anna", "ben");

    /** A call of each function that is right but for what an attack changes; MARK says who made it. */
    private static final Map<String, String> CALLS = Map.ofEntries(
            Map.entry("storage_get", "{'key':'k','user':true}"),
            Map.entry("storage_set", "{'key':'mark','value':'MARK','user':true}"),
            Map.entry("storage_delete", "{'key':'nothing','user':true}"),
            Map.entry("storage_list", "{'user':true}"),
            Map.entry("user_get", "{}"),
            Map.entry("user_progress", "{}"),
            Map.entry("user_update_preferences", "{'preferences':{'mark':'MARK'}}"),
            Map.entry("content_list", "{'limit':100}"),
            Map.entry("content_search", "{'query':'secret','limit':100}"),
            Map.entry("content_create", "{'kind':'mark','title':'MARK','text':'x'}"),
            Map.entry("analytics_log_event", "{'name':'mark','properties':{'by':'MARK'}}"),
            Map.entry("analytics_user", "{'limit':100}"),
            Map.entry("notify_send", "{'title':'MARK'}"),
            Map.entry("notify_toast", "{'text':'MARK'}"));

    protected abstract PlatformServices services();

    protected abstract TenantId tenant();

    protected abstract TenantId otherTenant();

    /** As the product does. */
    protected abstract void putUser(TenantId tenant, UserId user, String profile, String progress);

    /** What a user was told, each as {@code plugin title}. */
    protected abstract List<String> told(TenantId tenant, UserId user);

    private record Party(int tenantIndex, int pluginIndex, int userIndex, TenantId tenant) {

        UserId user() {
            return new UserId(USERS.get(userIndex));
        }

        PluginId plugin() {
            return new PluginId(PLUGINS.get(pluginIndex));
        }

        /** What is this plugin's for this user. */
        String own() {
            return "" + tenantIndex + pluginIndex + userIndex;
        }

        /** What is the user's, whichever plugin asks. */
        String users() {
            return "" + tenantIndex + userIndex;
        }

        DataOwner owner() {
            return new DataOwner(tenant, plugin(), Optional.of(user()));
        }
    }

    @Test
    void whatever_ids_a_guest_gives_it_sees_and_changes_nothing_but_what_is_its_calls() {
        List<Party> parties = parties();
        List<String> contentIds = giveSecrets(parties);
        PlatformGate gate = new PlatformGate(services().functions());
        List<String> leaks = new ArrayList<>();
        int attempts = 0;

        for (Party attacker : parties) {
            PlatformGuest guest = guest(gate, attacker, UserReach.CALLS_USER);
            Predicate<String> allowed = secret -> secret.endsWith("-of-" + attacker.own())
                    || secret.matches("(profile|content)-of-" + attacker.users());
            for (PlatformFunction function : gate.functions()) {
                for (String input : attacks(function, attacker, parties, contentIds)) {
                    attempts++;
                    String answer = guest.call(function.name(), input);
                    SECRET.matcher(answer)
                            .results()
                            .map(found -> found.group())
                            .filter(allowed.negate())
                            .forEach(secret -> leaks.add(function.name() + input + " → " + secret));
                }
            }
        }

        assertThat(attempts).isGreaterThan(1_000);
        assertThat(leaks).isEmpty();
        assertThat(parties).allSatisfy(this::assertMarkedByItselfOnly);
    }

    @Test
    void a_key_for_any_user_opens_other_users_but_no_other_tenant_and_no_other_plugins_things() {
        List<Party> parties = parties();
        List<String> contentIds = giveSecrets(parties);
        PlatformGate gate = new PlatformGate(services().functions());
        Party attacker = parties.getFirst();
        PlatformGuest guest = guest(gate, attacker, UserReach.ANY_USER);
        TreeSet<String> seen = new TreeSet<>();

        for (PlatformFunction function : gate.functions()) {
            for (String input : attacks(function, attacker, parties, contentIds)) {
                SECRET.matcher(guest.call(function.name(), input)).results().forEach(found -> seen.add(found.group()));
            }
        }

        assertThat(seen)
                .containsExactly(
                        "content-of-00",
                        "content-of-01",
                        "event-of-000",
                        "event-of-001",
                        "key-of-000",
                        "profile-of-00",
                        "profile-of-01");
    }

    @Test
    void every_function_is_attacked() {
        assertThat(services().functions())
                .extracting(PlatformFunction::name)
                .containsExactlyInAnyOrderElementsOf(CALLS.keySet());
    }

    private List<Party> parties() {
        return Stream.of(0, 1)
                .flatMap(tenant -> Stream.of(0, 1)
                        .flatMap(plugin -> Stream.of(0, 1)
                                .map(user -> new Party(tenant, plugin, user, tenant == 0 ? tenant() : otherTenant()))))
                .toList();
    }

    /** Gives everybody what is theirs; answers the ids of all content. */
    private List<String> giveSecrets(List<Party> parties) {
        List<String> contentIds = new ArrayList<>();
        for (Party party : parties) {
            String users = "{\"secret\":\"profile-of-" + party.users() + "\"}";
            putUser(party.tenant, party.user(), users, users);
            services()
                    .storage()
                    .put(
                            party.owner(),
                            new DataWrite(
                                    "k",
                                    "\"key-of-" + party.own() + "\"",
                                    Optional.empty(),
                                    new WriteCondition.Always()),
                            ROOMY,
                            SOON);
            services()
                    .analytics()
                    .append(
                            party.owner(),
                            new AnalyticsLog.NewEvent("e", "{\"secret\":\"event-of-" + party.own() + "\"}"),
                            10_000,
                            SOON);
            String id = "item-" + party.own();
            contentIds.add(id);
            ContentDraft draft =
                    new ContentDraft(Optional.of(party.user()), "story", "", "secret", "content-of-" + party.users());
            services()
                    .content()
                    .create(new ContentLibrary.NewContent(party.tenant, party.plugin(), id, draft), 10, SOON);
        }
        return contentIds;
    }

    /** The call with each foreign id in each of its arguments, and before and after that as it is right. */
    private static List<String> attacks(
            PlatformFunction function, Party attacker, List<Party> parties, List<String> contentIds) {
        String right = Objects.requireNonNull(CALLS.get(function.name()))
                .replace('\'', '"')
                .replace("MARK", "mark-" + attacker.own());
        List<String> ids = new ArrayList<>(List.of("%", "*", "ben' OR '1'='1", "999999999", "", "anna\0ben"));
        ids.addAll(contentIds);
        ids.addAll(USERS);
        ids.addAll(PLUGINS);
        parties.forEach(party -> ids.add(party.tenant + "/" + party.plugin() + "/" + party.user()));
        List<String> inputs = new ArrayList<>(List.of(right));
        for (String member : new TreeSet<>(function.fields())) {
            ids.forEach(id -> inputs.add(with(right, member, id)));
        }
        for (String foreign : List.of("tenant", "tenant_id", "plugin_id", "user_id")) {
            ids.forEach(id -> inputs.add(with(right, foreign, id)));
        }
        inputs.add(right);
        return inputs;
    }

    private static String with(String json, String member, String value) {
        try {
            ObjectNode changed = (ObjectNode) JSON.readTree(json);
            return changed.put(member, value).toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PlatformGuest guest(PlatformGate gate, Party party, UserReach reach) {
        return new PlatformGuest(
                gate,
                Grants.of(EnumSet.complementOf(EnumSet.of(PermissionName.NETWORK_ACCESS))
                        .toArray(PermissionName[]::new)),
                ROOMY,
                new CallContext(
                        party.tenant, Optional.of(party.user()), party.plugin(), InvocationId.random(), 0, reach));
    }

    /** What carries a mark carries that of somebody whose it is. */
    private void assertMarkedByItselfOnly(Party party) {
        assertThat(services()
                        .storage()
                        .get(party.owner(), "mark", SOON)
                        .orElseThrow()
                        .json())
                .isEqualTo("\"mark-" + party.own() + "\"");
        assertThat(services()
                        .users()
                        .find(new UserDirectory.Whose(party.tenant, party.plugin(), party.user()), SOON)
                        .orElseThrow()
                        .preferences())
                .containsPattern("mark-" + party.tenantIndex + "[01]" + party.userIndex);
        assertThat(services().analytics().events(party.owner(), Optional.of("mark"), page(), SOON))
                .isNotEmpty()
                .extracting(AnalyticsEvent::properties)
                .filteredOn(properties -> properties.contains("mark-"))
                .allMatch(properties -> properties.contains("mark-" + party.own()));
        assertThat(told(party.tenant, party.user()))
                .contains(party.plugin() + " mark-" + party.own())
                .filteredOn(told -> told.contains("mark-"))
                .allMatch(told -> told.matches("notes mark-" + party.tenantIndex + "0" + party.userIndex
                        + "|other mark-" + party.tenantIndex + "1" + party.userIndex));
        assertThat(services()
                        .content()
                        .list(
                                new ContentLibrary.Reader(party.tenant, party.plugin(), Optional.of(party.user())),
                                Optional.of("mark"),
                                page(),
                                SOON))
                .isNotEmpty()
                .extracting(item -> item.draft().title())
                .filteredOn(title -> title.startsWith("mark-"))
                .allMatch(title -> title.matches("mark-" + party.tenantIndex + "[01]" + party.userIndex));
    }

    private static ServicePage page() {
        return new ServicePage(Optional.empty(), ServicePage.LARGEST);
    }
}
