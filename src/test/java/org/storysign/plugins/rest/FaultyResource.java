package org.storysign.plugins.rest;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.security.Open;

/** Operations that only tests have: one that fails in every way, and one whose author forgot to say who may call it. */
@Path("/test-only")
public class FaultyResource {

    @GET
    @Path("unguarded")
    @Produces("text/plain")
    @Operation(hidden = true)
    public String unguarded() {
        return "nobody should read this";
    }

    @GET
    @Path("fail/{how}")
    @Produces("application/json")
    @Open
    @Operation(hidden = true)
    public Uni<String> fail(@PathParam("how") String how) {
        return switch (how) {
            case "at-once" -> throw new IllegalStateException("org.storysign.Secret leaked");
            case "later" -> Uni.createFrom().failure(new NullPointerException("because java.lang.Foo is null"));
            case "completion" ->
                Uni.createFrom()
                        .failure(new CompletionException(
                                new ProblemException(ProblemCode.OVERLOADED, "busy", Map.of(FactKey.RETRY_AFTER, 7))));
            case "stack" -> endless();
            case "number" -> Uni.createFrom().item(() -> String.valueOf(Integer.parseInt(how)));
            default -> Uni.createFrom().nullItem();
        };
    }

    @SuppressWarnings("InfiniteRecursion")
    private static Uni<String> endless() {
        return endless();
    }
}
