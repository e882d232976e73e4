package org.storysign.plugins.plugin;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Whether what an enabled plugin does counts. An operator's choice, which stays whatever becomes of the plugin. */
public enum PluginMode {
    /** It does. */
    SERVE("serve"),
    /** It runs and is recorded as ever, as in a dry run: nothing it answers to a hook, writes, sends or refuses has an effect. */
    OBSERVE("observe");

    private final String publicName;

    PluginMode(String publicName) {
        this.publicName = publicName;
    }

    public String publicName() {
        return publicName;
    }

    public static Optional<PluginMode> parse(String text) {
        return Arrays.stream(values())
                .filter(mode -> mode.publicName.equals(text))
                .findFirst();
    }

    public static List<String> publicNames() {
        return Arrays.stream(values()).map(PluginMode::publicName).toList();
    }
}
