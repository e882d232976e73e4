package org.storysign.plugins.rest.http;

import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Plugins as they are named in addresses. */
public final class PluginAddress {

    /** Where everything is. */
    public static final String BASE = "/api/plugins";

    private PluginAddress() {}

    /** The id; what has not the form of one is no plugin. */
    public static PluginId id(String text) {
        return PluginId.parse(text).orElseThrow(() -> notFound(GuestText.quote(text)));
    }

    /** What a client is told who names a plugin that is not there. */
    public static ProblemException notFound(PluginId id) {
        return notFound("`" + id + "`");
    }

    private static ProblemException notFound(String quoted) {
        return new ProblemException(ProblemCode.PLUGIN_NOT_FOUND, "There is no plugin " + quoted + " in this tenant.");
    }

    public static String of(PluginId id) {
        return BASE + "/" + id;
    }
}
