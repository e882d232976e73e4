package org.storysign.plugins;

import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.storysign.plugins.plugin.Discovered;

/** What a person reads when the service is up: where it is, where the key is, what to try. */
final class StartBanner {

    /** Set when the administrator's key was read from a file of ours. */
    static final String ADMIN_KEY_FILE = "storysign.admin-key-file";

    private StartBanner() {}

    static void print() {
        Config config = ConfigProvider.getConfig();
        if (config.getOptionalValue("storysign.serve", Boolean.class).orElse(false)) {
            System.out.println(text(
                    config.getValue("quarkus.http.port", Integer.class),
                    config.getOptionalValue(ADMIN_KEY_FILE, String.class)));
        }
    }

    /** What became of a folder with a plugin. */
    static String line(Discovered found) {
        String plugin = found.plugin()
                .map(known -> known.id() + " " + known.active().manifest().version())
                .orElse(found.folder());
        String reason = found.problem()
                .map(problem -> " (" + problem.code().code() + ": " + problem.detail() + ")")
                .orElse("");
        return "plugin " + plugin + ": "
                + found.status().name().toLowerCase(Locale.ROOT).replace('_', ' ') + reason;
    }

    static String text(int port, Optional<String> keyFile) {
        String address = "http://localhost:" + port;
        String key = keyFile.map(file -> "$(cat '" + file + "')").orElse("$STORYSIGN_ADMIN_KEY");
        return """

                StorySign Plugins is up.

                  address    %s/api/plugins
                  admin key  %s
                  try        curl -H "Authorization: Bearer %s" %s/api/plugins/status

                Stop it with Ctrl-C.
                """.formatted(address, keyFile.orElse("as given in STORYSIGN_ADMIN_KEY"), key, address);
    }
}
