package org.storysign.plugins.rest.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.RequestScoped;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.StrictJson;
import org.storysign.plugins.problem.Violations;

/** The body of the request at hand. Ask for it before the first asynchronous step. */
@RequestScoped
public class ReceivedBody {

    /** Levels of nesting a body may have. */
    public static final int DEEPEST = 100;

    /** Larger bodies are read on a worker thread, so that they hold up no event loop. */
    private static final int SMALL = 16 << 10;

    private static final StrictJson JSON = new StrictJson(DEEPEST);
    private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.UTF_8);

    private byte[] bytes = new byte[0];
    private String contentType = "";

    void set(byte[] received, @Nullable String type) {
        this.bytes = received;
        this.contentType = type == null ? "" : type;
    }

    /** As the request says, empty when it does not. */
    String contentType() {
        return contentType;
    }

    /** The body as it came. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Any JSON. Fails with {@code request-invalid}. */
    public Uni<JsonNode> json() {
        byte[] received = bytes;
        return read(received.length, () -> {
            Violations violations = new Violations();
            JsonNode value = JSON.read(received, violations);
            violations.refuse(ProblemCode.REQUEST_INVALID, "The body");
            return value;
        });
    }

    /** A JSON object. Fails with {@code request-invalid}. */
    public Uni<ObjectNode> object() {
        byte[] received = bytes;
        return read(received.length, () -> object(received, Set.of()));
    }

    /**
     * A JSON object with these members and no others, made into a form; an absent body counts as {@code {}}. Fails with
     * {@code request-invalid} and every violation at once.
     *
     * @param reading gives empty when it has reported why
     */
    public <T> Uni<T> form(Set<String> members, Function<JsonFields, Optional<T>> reading) {
        return form(members, Set.of(), reading);
    }

    /** The same, of whose members some are base64 ({@link JsonFields#binary}). */
    public <T> Uni<T> form(Set<String> members, Set<String> binary, Function<JsonFields, Optional<T>> reading) {
        byte[] received = bytes.length == 0 ? EMPTY_OBJECT : bytes;
        return read(received.length, () -> {
            ObjectNode object = object(received, binary);
            Violations violations = new Violations();
            Optional<T> form = reading.apply(new JsonFields(object, "", violations, members));
            violations.refuse(ProblemCode.REQUEST_INVALID, "The body");
            return form.orElseThrow(() -> new IllegalStateException("nothing was read and nothing reported"));
        });
    }

    /** The parts of a {@code multipart/form-data} body by name. Fails with {@code request-invalid}. */
    public Uni<Map<String, FormPart>> parts() {
        byte[] received = bytes;
        String type = contentType;
        return read(received.length, () -> MultipartForm.read(type, received));
    }

    private static <T> Uni<T> read(int length, Supplier<T> reading) {
        Uni<T> uni = Uni.createFrom().item(reading);
        return length <= SMALL ? uni : uni.runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static ObjectNode object(byte[] received, Set<String> binary) {
        Violations violations = new Violations();
        JsonNode value = JSON.read(received, binary, violations);
        if (violations.isEmpty() && !value.isObject()) {
            violations.add("", "is no object");
        }
        violations.refuse(ProblemCode.REQUEST_INVALID, "The body");
        return (ObjectNode) value;
    }
}
