package org.storysign.plugins.rest.plugins;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.plugin.source.OciReference;
import org.storysign.plugins.plugin.source.PackageSource;
import org.storysign.plugins.problem.JsonFields;

/** Where a package is: exactly one of url, oci and directory. */
@Schema(name = "SourceForm")
record SourceForm(
        @Schema(
                description = "Of a package as one .zip, by https",
                examples = "https://plugins.example/quiz-1.2.0.zip",
                maxLength = 4000)
        String url,

        @Schema(description = "The .zip's SHA-256, with url only", pattern = "^sha256:[0-9a-f]{64}$")
        String digest,

        @Schema(
                description = "An artifact by tag, digest or both; then the digest counts",
                examples = "registry.example/plugins/quiz:1.2.0")
        String oci,

        @Schema(description = "With oci, the name under which an operator keeps the registry's credentials")
        String credentials,

        @Schema(description = "A folder below the operator's directory of packages", examples = "quiz")
        String directory) {

    private static final Set<String> MEMBERS = Set.of("url", "digest", "oci", "credentials", "directory");
    private static final int LONGEST = 4_000;
    private static final Pattern URL = Pattern.compile("https?://[!-~]{1,3990}");

    /** Of the member {@code source}; empty when it is absent, or wrong and reported. */
    static Optional<PackageSource> read(JsonFields fields) {
        return fields.within("source", MEMBERS).flatMap(source -> {
            List<String> kinds =
                    Stream.of("url", "oci", "directory").filter(source::has).toList();
            if (kinds.size() != 1) {
                fields.report("source", "has " + kinds.size() + " of url, oci and directory, expected one of them");
                return Optional.empty();
            }
            return switch (kinds.getFirst()) {
                case "url" -> url(source);
                case "oci" -> oci(source);
                default -> directory(source);
            };
        });
    }

    private static Optional<PackageSource> url(JsonFields source) {
        refuse(source, "credentials", "goes with oci only");
        source.require("digest");
        Optional<String> url = source.parsed(
                "url",
                text -> Optional.of(text).filter(URL.asMatchPredicate()),
                "an https address of " + LONGEST + " characters at most");
        Optional<Digest> digest =
                source.parsed("digest", Digest::parse, "sha256: and 64 lower-case hexadecimal digits");
        return url.flatMap(address -> digest.map(value -> new PackageSource.Url(address, value)));
    }

    private static Optional<PackageSource> oci(JsonFields source) {
        refuse(source, "digest", "goes with url only: with oci it is part of the name, after @");
        Optional<String> credentials = source.text("credentials");
        return source.parsed(
                        "oci",
                        text -> OciReference.parse(text.startsWith("oci://") ? text.substring(6) : text),
                        OciReference.EXPECTED)
                .map(reference -> new PackageSource.Oci(reference, credentials));
    }

    private static Optional<PackageSource> directory(JsonFields source) {
        refuse(source, "digest", "goes with url only");
        refuse(source, "credentials", "goes with oci only");
        return source.text("directory").map(PackageSource.Directory::new);
    }

    private static void refuse(JsonFields source, String name, String why) {
        if (source.has(name)) {
            source.report(name, why);
        }
    }
}
