package org.storysign.plugins.storage;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.manifest.Version;
import org.storysign.plugins.plugin.source.Operation;
import org.storysign.plugins.plugin.source.OperationId;
import org.storysign.plugins.plugin.source.OperationStore;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Operations in PostgreSQL: one statement, one transaction for each step. */
@Singleton
public final class PostgresOperationStore implements OperationStore {

    /** Details of problems quote what a package says, which is bounded; this bounds them all. */
    private static final int LONGEST_DETAIL = 4_000;

    private final RecordCalls calls;

    @Inject
    PostgresOperationStore(RecordCalls calls) {
        this.calls = calls;
    }

    @Override
    public Uni<Void> begin(TenantId tenant, OperationId id, Begun begun, Lease lease) {
        Tuple arguments = Tuple.tuple()
                .addString(tenant.value())
                .addUUID(id.value())
                .addString(cut(begun.source(), 1_000))
                .addString(begun.startedBy())
                .addString(lease.owner())
                .addLong(lease.length().toMillis());
        return calls.ask("SELECT 1 FROM operation_begin($1, $2, $3, $4, $5, $6)", arguments)
                .replaceWithVoid();
    }

    @Override
    public Uni<Boolean> renew(TenantId tenant, OperationId id, Operation.Progress progress, Lease lease) {
        Tuple arguments =
                of(tenant, id, lease.owner()).addString(progress.phase().publicName());
        return yes(
                "operation_renew($1, $2, $3, $4, $5, $6, $7, $8)",
                with(arguments, progress).addLong(lease.length().toMillis()));
    }

    @Override
    public Uni<Boolean> succeed(
            TenantId tenant, OperationId id, Operation.Progress progress, Operation.Result result, String owner) {
        return finish(with(of(tenant, id, owner), progress)
                .addString(result.plugin().value())
                .addString(result.version().value())
                .addString(result.packageDigest().value())
                .addBoolean(result.created())
                .addString(null)
                .addString(null)
                .addString(null));
    }

    @Override
    public Uni<Boolean> fail(
            TenantId tenant, OperationId id, Operation.Progress progress, ProblemException problem, String owner) {
        return finish(with(of(tenant, id, owner), progress)
                .addString(null)
                .addString(null)
                .addString(null)
                .addBoolean(null)
                .addString(problem.code().code())
                .addString(cut(problem.detail(), LONGEST_DETAIL))
                .addString(Documents.violations(problem.violations())));
    }

    @Override
    public Uni<Optional<Operation>> find(TenantId tenant, OperationId id) {
        return calls.ask(
                        "SELECT * FROM operation_find($1, $2)",
                        Tuple.tuple().addString(tenant.value()).addUUID(id.value()))
                .map(rows -> rows.stream().findFirst().map(PostgresOperationStore::operation));
    }

    private Uni<Boolean> finish(Tuple arguments) {
        return yes("operation_finish($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)", arguments);
    }

    private Uni<Boolean> yes(String function, Tuple arguments) {
        return calls.ask("SELECT " + function, arguments).map(List::getFirst).map(row -> row.getBoolean(0));
    }

    private static Tuple of(TenantId tenant, OperationId id, String owner) {
        return Tuple.tuple().addString(tenant.value()).addUUID(id.value()).addString(owner);
    }

    private static Tuple with(Tuple arguments, Operation.Progress progress) {
        return arguments
                .addLong(progress.bytesDone())
                .addLong(
                        progress.bytesTotal().isPresent()
                                ? progress.bytesTotal().getAsLong()
                                : null)
                .addString(progress.resolved().map(Digest::value).orElse(null));
    }

    private static Operation operation(Row row) {
        return new Operation(
                new OperationId(row.getUUID("id")),
                row.getString("source"),
                row.getString("started_by"),
                Operation.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                progress(row),
                Optional.ofNullable(row.getString("plugin")).map(plugin -> result(plugin, row)),
                Optional.ofNullable(row.getString("problem_code")).map(code -> problem(code, row)),
                instant(row, "created_at").orElseThrow(),
                instant(row, "updated_at").orElseThrow(),
                instant(row, "finished_at"));
    }

    private static Operation.Progress progress(Row row) {
        @Nullable Long total = row.getLong("bytes_total");
        return new Operation.Progress(
                Operation.Phase.valueOf(row.getString("phase").toUpperCase(Locale.ROOT)),
                row.getLong("bytes_done"),
                total == null ? OptionalLong.empty() : OptionalLong.of(total),
                Optional.ofNullable(row.getString("source_digest")).map(Digest::new));
    }

    private static Operation.Result result(String plugin, Row row) {
        return new Operation.Result(
                new PluginId(plugin),
                new Version(row.getString("version")),
                new Digest(row.getString("package_digest")),
                row.getBoolean("created"));
    }

    /** A code that this process does not know was written by a newer one. */
    private static ProblemException problem(String code, Row row) {
        ProblemCode known = Stream.of(ProblemCode.values())
                .filter(candidate -> candidate.code().equals(code))
                .findFirst()
                .orElse(ProblemCode.INTERNAL_ERROR);
        @Nullable String errors = row.getString("problem_errors");
        return new ProblemException(
                known,
                row.getString("problem_detail"),
                Map.of(),
                errors == null ? List.of() : Documents.violations(errors));
    }

    private static Optional<Instant> instant(Row row, String column) {
        return Optional.ofNullable(row.getOffsetDateTime(column)).map(time -> time.toInstant());
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
