package org.storysign.plugins.rest.administration;

import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.plugin.BlockedDigest;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.problem.ReadableText;

/** The body of POST /blocked-digests. */
@Schema(name = "BlockForm")
record BlockForm(
        @Schema(
                description = "Of a package or a module, as releases show it",
                required = true,
                examples = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        String digest,

        @Schema(description = "Why, for every operator who meets it", required = true, examples = "steals tokens")
        String reason,

        @Schema(description = "true blocks it in all tenants, also in those to come; with the platform's own key only")
        boolean everywhere) {

    static final Set<String> MEMBERS = Set.of("digest", "reason", "everywhere");

    /** What was asked for. */
    record Wanted(Digest digest, String reason, boolean everywhere) {}

    static Optional<Wanted> read(JsonFields fields) {
        fields.require("digest", "reason");
        Optional<Digest> digest = fields.parsed("digest", Digest::parse, "a digest such as sha256:e3b0…");
        Optional<String> reason = fields.parsed(
                "reason",
                text -> ReadableText.line(text, BlockedDigest.LONGEST_REASON),
                "1 to " + BlockedDigest.LONGEST_REASON + " readable characters in one line");
        boolean everywhere = fields.bool("everywhere").orElse(false);
        return digest.flatMap(named -> reason.map(why -> new Wanted(named, why, everywhere)));
    }
}
