package org.storysign.plugins.rest.ui;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.problem.BadSettingException;
import org.storysign.plugins.rest.http.PluginAddress;

/**
 * What a browser lets a plugin's page do: run the scripts of its own package, inline or in files, and show what lies there. Not a
 * request to anywhere, no form, no frame; and because of {@code sandbox}, no origin, so no cookie, storage or other window, even when
 * somebody opens the page by itself. A path is named and not {@code 'self'}: a script's address would else be a way to call any
 * public endpoint here.
 */
// Early, so that a setting that makes no sense is told before anything works.
@Startup(1)
@ApplicationScoped
class FramePolicy {

    /**
     * A second net below the policy, in browsers that have it: no connection leaves for another origin, not by leading the frame away
     * and not by WebRTC, which a Content-Security-Policy says nothing of.
     */
    static final String CONNECTIONS_HEADER = "Connection-Allowlist";

    static final String CONNECTIONS = "(response-origin)";

    /** Where the files are. */
    static final String FILES = PluginAddress.BASE + "/ui/files/";

    /** The module a widget may import to speak to the product. */
    static final String WIDGET = PluginAddress.BASE + "/ui/widget.js";

    private static final Pattern SOURCES = Pattern.compile("['A-Za-z0-9:/.*_\\[\\]-]+( ['A-Za-z0-9:/.*_\\[\\]-]+)*");
    private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.\\[\\]:-]{1,260}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.\\[\\]:-]{1,260}");

    private final UiSettings settings;

    @Inject
    FramePolicy(UiSettings settings) {
        this.settings = settings;
        require(SOURCES, settings.frameAncestors(), "storysign.ui.frame-ancestors");
        settings.publicOrigin().ifPresent(origin -> require(ORIGIN, origin, "storysign.ui.public-origin"));
    }

    private static void require(Pattern form, String value, String setting) {
        if (!form.matcher(value).matches()) {
            throw new BadSettingException(setting, value, form.pattern());
        }
    }

    /**
     * The policy of a package's files.
     *
     * @param host as the request names it; when it has no form of one, only inline scripts run
     */
    String of(Digest packageDigest, @Nullable String host) {
        Optional<String> origin = settings.publicOrigin()
                .or(() -> Optional.ofNullable(host)
                        .filter(name -> HOST.matcher(name).matches()));
        String own = origin.map(at -> at + FILES + packageDigest.hex() + "/ ").orElse("");
        String widget = origin.map(at -> at + WIDGET + " ").orElse("");
        return "sandbox allow-scripts; default-src 'none'; script-src " + own + widget + "'unsafe-inline'; style-src "
                + own + "'unsafe-inline'; img-src " + own + "data:; font-src " + own + "data:; media-src " + own
                + "data:; connect-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors "
                + settings.frameAncestors();
    }
}
