package org.storysign.plugins.plugin.source;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.storysign.plugins.identity.Digest;

/**
 * Names an artifact: {@code registry/repository:tag}, {@code …@sha256:…}, or both; then the digest counts. The registry is always
 * said: none is assumed. Source: OCI distribution specification 1.1, "Pulling manifests".
 *
 * @param registry with its port where it is not the scheme's own
 */
public record OciReference(String registry, String repository, Optional<String> tag, Optional<Digest> digest) {

    /** What it looks like, for messages. */
    public static final String EXPECTED =
            "registry/repository with :tag, @sha256:…, or both, such as registry.example/plugins/quiz:1.2.0";

    private static final int LONGEST = 500;
    private static final String PART = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*+";
    private static final Pattern FORM =
            Pattern.compile("(localhost|[a-z0-9][a-z0-9.-]*[.:][a-z0-9.:-]*|localhost:[0-9]+)/(" + PART + "(?:/" + PART
                    + ")*+)(?::([A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?");

    /** Empty when the text is no such name, or has neither tag nor digest. */
    public static Optional<OciReference> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (text.length() > LONGEST || !parts.matches() || (parts.group(3) == null && parts.group(4) == null)) {
            return Optional.empty();
        }
        return Optional.of(new OciReference(
                parts.group(1),
                parts.group(2),
                Optional.ofNullable(parts.group(3)),
                Optional.ofNullable(parts.group(4)).map(Digest::new)));
    }

    /** What the registry is asked for: the digest if there is one, else the tag. */
    String manifest() {
        return digest.map(Digest::value).or(() -> tag).orElseThrow();
    }

    @Override
    public String toString() {
        return registry + "/" + repository + tag.map(name -> ":" + name).orElse("")
                + digest.map(value -> "@" + value).orElse("");
    }
}
