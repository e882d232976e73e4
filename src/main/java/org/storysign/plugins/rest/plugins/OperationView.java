package org.storysign.plugins.rest.plugins;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.plugin.source.Operation;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.rest.http.ProblemDocument;

/**
 * An install that takes a while.
 *
 * @param state pending, running, succeeded or failed
 * @param source without a query, and never with credentials
 * @param sourceDigest of the .zip, or of the artifact's manifest: what a tag led to
 * @param result what is there now, when it succeeded
 * @param problem why it failed, as a request would have been told
 */
public record OperationView(
        String id,
        String state,
        String source,
        String startedBy,
        ProgressView progress,
        @Nullable String sourceDigest,
        @Nullable ResultView result,
        @Nullable OperationProblemView problem,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant finishedAt) {

    /**
     * How far it is.
     *
     * @param phase waiting, fetching, installing or finished
     * @param bytesTotal null as long as nobody knows
     */
    public record ProgressView(
            String phase,
            @Schema(minimum = "0") long bytesDone,
            @Nullable Long bytesTotal) {}

    /**
     * What is there now.
     *
     * @param created false when the same content was there already
     */
    public record ResultView(String pluginId, String version, String packageDigest, boolean created) {}

    /** Why it failed. */
    public record OperationProblemView(
            String type, String title, int status, String code, String detail, List<ViolationView> errors) {}

    /** What is wrong with a document of the package. */
    public record ViolationView(String pointer, String detail) {}

    static OperationView of(Operation operation) {
        Operation.Progress progress = operation.progress();
        return new OperationView(
                operation.id().toString(),
                operation.state().publicName(),
                operation.source(),
                operation.startedBy(),
                new ProgressView(
                        progress.phase().publicName(),
                        progress.bytesDone(),
                        progress.bytesTotal().isPresent()
                                ? progress.bytesTotal().getAsLong()
                                : null),
                progress.resolved().map(digest -> digest.value()).orElse(null),
                operation.result().map(OperationView::result).orElse(null),
                operation.problem().map(OperationView::problem).orElse(null),
                operation.createdAt(),
                operation.updatedAt(),
                operation.finishedAt().orElse(null));
    }

    private static ResultView result(Operation.Result result) {
        return new ResultView(
                result.plugin().value(),
                result.version().value(),
                result.packageDigest().value(),
                result.created());
    }

    private static OperationProblemView problem(ProblemException problem) {
        return new OperationProblemView(
                ProblemDocument.TYPE_PREFIX + problem.code().code(),
                problem.code().title(),
                problem.code().status(),
                problem.code().code(),
                problem.detail(),
                problem.violations().stream()
                        .map(violation -> new ViolationView(violation.pointer(), violation.detail()))
                        .toList());
    }
}
