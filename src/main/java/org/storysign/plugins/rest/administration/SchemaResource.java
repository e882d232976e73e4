package org.storysign.plugins.rest.administration;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.storysign.plugins.manifest.ManifestReader;
import org.storysign.plugins.security.Open;

/** The JSON Schema of manifests, for editors and authors' tools. */
@Path(BASE + "/schema")
@Tag(name = "validation")
public class SchemaResource {

    private static final String MEDIA_TYPE = "application/schema+json";
    private static final String FILE = "manifest.schema.json";

    private final byte[] schema = read();

    @GET
    @Path("manifest")
    @Produces(MEDIA_TYPE)
    @Open
    @Operation(summary = "The manifest's JSON Schema", description = "Draft 2020-12. Needs no key.")
    @APIResponse(responseCode = "200", description = "The schema")
    public Response manifest() {
        return Response.ok(schema.clone(), MEDIA_TYPE)
                .header("Cache-Control", "public, max-age=3600")
                .build();
    }

    private static byte[] read() {
        try (InputStream file = ManifestReader.class.getResourceAsStream(FILE)) {
            return Objects.requireNonNull(file, FILE).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
