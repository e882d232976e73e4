package org.storysign.plugins.plugin.webhook;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.storysign.plugins.permission.AllowedHost;

/** Where a webhook leads: https, a public host as plugins may be granted one, a path of visible ASCII. */
public record WebhookUrl(String value) {

    /** What to write, for messages. */
    public static final String EXPECTED =
            "an address such as https://hooks.example.com/storysign, at most 500 characters: https, a public host, no user, no fragment";

    private static final int LONGEST = 500;
    private static final Pattern FORM = Pattern.compile("https://([a-z0-9.-]+(:[0-9]+)?)(/[!-~&&[^#\\\\\"<>^`{|}]]*)?");

    public WebhookUrl {
        if (!isUrl(value)) {
            throw new IllegalArgumentException("no webhook's address");
        }
    }

    public static Optional<WebhookUrl> parse(String text) {
        return isUrl(text) ? Optional.of(new WebhookUrl(text)) : Optional.empty();
    }

    /** With a port where it is not 443. */
    public String host() {
        Matcher parts = FORM.matcher(value);
        return parts.matches() ? parts.group(1) : "";
    }

    private static boolean isUrl(String text) {
        Matcher parts = FORM.matcher(text);
        return text.length() <= LONGEST
                && parts.matches()
                && !parts.group(1).endsWith(":443")
                && AllowedHost.parse(parts.group(1)).isPresent();
    }

    @Override
    public String toString() {
        return value;
    }
}
