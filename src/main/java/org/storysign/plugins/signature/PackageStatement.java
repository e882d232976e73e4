package org.storysign.plugins.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.storysign.plugins.identity.Digest;

/**
 * What is signed, and what consent binds: the manifest in one canonical form (members by name, no white space), a line feed, and the
 * module's digest. The manifest's {@code files} carry the digests of everything else. Its SHA-256 is the package digest.
 *
 * @param text as UTF-8 it is what signatures are over
 */
public record PackageStatement(String text) {

    public static PackageStatement of(JsonNode manifest, Digest module) {
        return new PackageStatement(canonical(manifest) + "\n" + module.value());
    }

    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The package digest. */
    public Digest digest() {
        return Digest.of(bytes());
    }

    /** JSON text in which equal values look equal: members sorted by name. */
    private static String canonical(JsonNode node) {
        if (node.isObject()) {
            List<String> names = new ArrayList<>();
            node.fieldNames().forEachRemaining(names::add);
            Collections.sort(names);
            return names.stream()
                    .map(name -> TextNode.valueOf(name) + ":" + canonical(node.get(name)))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false)
                    .map(PackageStatement::canonical)
                    .collect(Collectors.joining(",", "[", "]"));
        }
        return node.toString();
    }
}
