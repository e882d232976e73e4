package org.storysign.plugins.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The published JSON Schema 2020-12 of manifests: what {@link ManifestReader} accepts, as far as a schema can say it. */
public final class ManifestSchema {

    private static final String RESOURCE = "manifest.schema.json";

    private ManifestSchema() {}

    /** The schema, JSON text. */
    public static String text() {
        try (InputStream resource =
                Objects.requireNonNull(ManifestSchema.class.getResourceAsStream(RESOURCE), RESOURCE + " is missing")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
