package org.storysign.plugins.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.storysign.plugins.identity.Digest;

/**
 * What consent binds: the SHA-256 over the manifest in one canonical form (members by name, no white space), a line feed, and the
 * module's digest. The manifest's {@code files} carry the digests of everything else.
 */
final class PackageDigest {

    private PackageDigest() {}

    static Digest of(JsonNode manifest, Digest module) {
        return Digest.of((canonical(manifest) + "\n" + module.value()).getBytes(StandardCharsets.UTF_8));
    }

    /** JSON text in which equal values look equal: members sorted by name. */
    static String canonical(JsonNode node) {
        if (node.isObject()) {
            List<String> names = new ArrayList<>();
            node.fieldNames().forEachRemaining(names::add);
            Collections.sort(names);
            return names.stream()
                    .map(name -> com.fasterxml.jackson.databind.node.TextNode.valueOf(name) + ":"
                            + canonical(node.get(name)))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false)
                    .map(PackageDigest::canonical)
                    .collect(Collectors.joining(",", "[", "]"));
        }
        return node.toString();
    }
}
