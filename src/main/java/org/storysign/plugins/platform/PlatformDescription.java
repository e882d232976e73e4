package org.storysign.plugins.platform;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * The one description of the functions that guests may import, {@code platform/host-functions.json}: the reference page and the SDKs in
 * {@code wasm-plugins/sdk} are made from it.
 *
 * @param errors codes every function may answer
 * @param shapes objects that inputs and answers are made of
 * @param functions all of them
 */
public record PlatformDescription(
        List<String> errors, List<FunctionDescription.Shape> shapes, List<FunctionDescription> functions) {

    private static final String RESOURCE = "/platform/host-functions.json";

    public static PlatformDescription read() {
        JsonMapper json = JsonMapper.builder().addModule(new Jdk8Module()).build();
        try (InputStream resource =
                Objects.requireNonNull(PlatformDescription.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return json.readValue(resource, PlatformDescription.class);
        } catch (IOException e) {
            throw new UncheckedIOException("the description of the platform's functions cannot be read", e);
        }
    }
}
