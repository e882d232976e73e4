package org.storysign.plugins.rest;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.Wat;

/** Operations of the management API by chance, some of them wrong, and what each should have left in the audit trail. */
final class RandomOperations {

    private static final List<String> NONE = List.of();
    private static final byte[] SILENT = Wat.assemble(Guests.silent());
    private static final int PLUGINS = 4;

    private final ApiTenant tenant;
    private final Random random;
    private final Map<String, Integer> versions = new HashMap<>();
    private final Set<String> installed = new TreeSet<>();
    private final Set<String> enabled = new TreeSet<>();
    private final Deque<String> keys = new ArrayDeque<>();
    private int refused;

    RandomOperations(ApiTenant tenant, long seed) {
        this.tenant = tenant;
        this.random = new Random(seed);
    }

    /** How many were refused so far. */
    int refused() {
        return refused;
    }

    /** Does one; the entries that it makes, each {@code action subject}. */
    List<String> next() {
        String plugin = "plugin-" + random.nextInt(PLUGINS);
        return switch (random.nextInt(12)) {
            case 0, 1 -> upload(plugin);
            case 2 -> uploadBroken(plugin);
            case 3, 4 -> enable(plugin);
            case 5 -> disable(plugin);
            case 6, 7 -> configure(plugin);
            case 8 -> data(plugin);
            case 9 -> policy();
            case 10 -> key();
            default -> random.nextInt(4) == 0 ? uninstall(plugin) : readOnly(plugin);
        };
    }

    private List<String> upload(String plugin) {
        boolean again = installed.contains(plugin) && random.nextBoolean();
        int version = versions.merge(plugin, again ? 0 : 1, Integer::sum);
        Response answer =
                tenant.upload(PluginText.named(plugin).version(version + ".0.0").toString(), SILENT);
        if (succeeded(answer, 201)) {
            installed.add(plugin);
            return List.of("plugin.install plugin:" + plugin);
        }
        return NONE;
    }

    private List<String> uploadBroken(String plugin) {
        succeeded(tenant.upload(PluginText.named(plugin).toString(), new byte[] {0, 'a', 's', 'm', 9}), 201);
        return NONE;
    }

    private List<String> enable(String plugin) {
        Response answer = json("{\"grants\": []}").post(ApiTenant.BASE + "/" + plugin + "/enable");
        return succeeded(answer, 200) && enabled.add(plugin)
                ? List.of("plugin.enable plugin:" + plugin, "plugin.enable plugin:" + plugin)
                : NONE;
    }

    private List<String> disable(String plugin) {
        Response answer = tenant.admin().post(ApiTenant.BASE + "/" + plugin + "/disable");
        return succeeded(answer, 200) && enabled.remove(plugin) ? List.of("plugin.disable plugin:" + plugin) : NONE;
    }

    private List<String> configure(String plugin) {
        String path = ApiTenant.BASE + "/" + plugin + "/config";
        String etag = random.nextInt(4) == 0
                ? "\"999\""
                : String.valueOf(tenant.admin().get(path).header("ETag"));
        Response answer = json("{\"n\": " + random.nextInt(9) + "}")
                .header("If-Match", etag)
                .put(path);
        return succeeded(answer, 200) ? List.of("config.change plugin:" + plugin) : NONE;
    }

    private List<String> data(String plugin) {
        String path = ApiTenant.BASE + "/" + plugin + "/data/key-" + random.nextInt(3);
        if (random.nextBoolean()) {
            Response answer =
                    json(random.nextInt(5) == 0 ? "{broken" : "{\"a\": 1}").put(path);
            return answer.statusCode() == 201 || succeeded(answer, 204) ? List.of("data.write plugin:" + plugin) : NONE;
        }
        return succeeded(tenant.admin().delete(path), 204) ? List.of("data.delete plugin:" + plugin) : NONE;
    }

    private List<String> policy() {
        String hook = "hook_" + random.nextInt(3);
        String path = ApiTenant.BASE + "/hooks/" + hook;
        String etag = random.nextInt(4) == 0
                ? "\"999\""
                : String.valueOf(tenant.admin().get(path).header("ETag"));
        Response answer =
                json("{\"order\": [\"plugin-1\"]}").header("If-Match", etag).put(path + "/policy");
        return succeeded(answer, 200) ? List.of("hook-policy.change hook:" + hook) : NONE;
    }

    private List<String> key() {
        if (keys.size() > 3) {
            String id = keys.remove();
            return succeeded(tenant.admin().delete(ApiTenant.BASE + "/keys/" + id), 204)
                    ? List.of("key.revoke key:" + id)
                    : NONE;
        }
        Response answer = json(random.nextInt(4) == 0
                        ? "{\"name\": \"n\", \"roles\": [\"king\"]}"
                        : "{\"name\": \"n\", \"roles\": [\"viewer\"]}")
                .post(ApiTenant.BASE + "/keys");
        if (!succeeded(answer, 201)) {
            return NONE;
        }
        String id = answer.path("key.id");
        keys.add(id);
        return List.of("key.create key:" + id);
    }

    private List<String> uninstall(String plugin) {
        Response answer = tenant.admin().delete(ApiTenant.BASE + "/" + plugin);
        if (!succeeded(answer, 204)) {
            return NONE;
        }
        installed.remove(plugin);
        versions.remove(plugin);
        return enabled.remove(plugin)
                ? List.of("plugin.disable plugin:" + plugin, "plugin.uninstall plugin:" + plugin)
                : List.of("plugin.uninstall plugin:" + plugin);
    }

    private List<String> readOnly(String plugin) {
        succeeded(tenant.admin().get(ApiTenant.BASE + "/" + plugin), 200);
        return NONE;
    }

    private RequestSpecification json(String body) {
        return tenant.admin().contentType(ContentType.JSON).body(body);
    }

    private boolean succeeded(Response answer, int status) {
        if (answer.statusCode() >= 500) {
            throw new AssertionError("answered " + answer.statusCode() + ": " + answer.asString());
        }
        if (answer.statusCode() >= 400) {
            refused++;
        }
        return answer.statusCode() == status;
    }
}
