package io.gleaner.store;

import static java.util.Objects.requireNonNull;

import io.gleaner.database.Sql;
import io.gleaner.database.Transactions;
import io.gleaner.job.Job;
import io.gleaner.job.Tenant;
import io.gleaner.seal.SealException;
import io.gleaner.seal.Sealer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * How far each webhook is. The events themselves are the job and its pages, as their settlement
 * stored them: dense and in order, so that a position is all there is to remember. Every public
 * method is one transaction.
 */
public final class Webhooks {

    private static final String STATUS =
            "job_id, state, position, attempts, next_at, told_at, status, problem";

    // A lease is the time of the next try, moved on: whoever dies with it lets it run out.
    private static final Sql CLAIM =
            Sql.named(
                    "webhook-claim",
                    """
                    WITH due AS (
                        SELECT webhook.job_id
                        FROM webhook
                        JOIN job ON job.id = webhook.job_id
                        WHERE webhook.state = 'OPEN' AND next_at <= now()
                            AND (position = 0 OR position <= job.done OR job.state <> 'RUNNING')
                        ORDER BY next_at
                        LIMIT :limit
                        FOR UPDATE OF webhook SKIP LOCKED
                    ), claimed AS (
                        UPDATE webhook
                        SET lease = :lease, next_at = now() + :seconds * interval '1 second'
                        FROM due
                        WHERE webhook.job_id = due.job_id
                        RETURNING webhook.job_id, webhook.secrets AS sealed, position, attempts
                    )
                    SELECT %s, sealed, position, attempts
                    FROM claimed
                    JOIN job ON job.id = claimed.job_id
                    """
                            .formatted(JobRows.COLUMNS));

    private static final Sql TOLD =
            Sql.named(
                    "webhook-told",
                    """
                    UPDATE webhook
                    SET position = :position, attempts = 0, state = :state, status = :status,
                        problem = NULL, told_at = now(),
                        next_at = now() + :seconds * interval '1 second'
                    WHERE job_id = :job AND lease = :lease
                    """);

    private static final Sql ENDED =
            Sql.named(
                    "webhook-ended",
                    """
                    UPDATE webhook
                    SET position = :position, state = 'DONE', lease = NULL
                    WHERE job_id = :job AND lease = :lease
                    """);

    private static final Sql LEFT =
            Sql.named(
                    "webhook-left",
                    """
                    UPDATE webhook
                    SET position = :position, lease = NULL, next_at = now() + :millis * interval '1 millisecond'
                    WHERE job_id = :job AND lease = :lease
                    """);

    private static final Sql FAILED =
            Sql.named(
                    "webhook-failed",
                    """
                    UPDATE webhook
                    SET position = :position, attempts = :attempts, state = :state, status = :status,
                        problem = :problem, lease = NULL,
                        next_at = now() + :millis * interval '1 millisecond'
                    WHERE job_id = :job AND lease = :lease
                    """);

    private static final Sql FIND =
            Sql.named(
                    "webhook-find",
                    "SELECT %s FROM webhook WHERE job_id = :job AND tenant = :tenant"
                            .formatted(STATUS));

    private static final Sql LIST =
            Sql.named(
                    "webhook-list",
                    """
                    SELECT %s
                    FROM webhook
                    WHERE (tenant, job_id) >= (:tenant, :first) AND (tenant, job_id) < (:tenant, :before)
                    ORDER BY tenant DESC, job_id DESC
                    LIMIT :limit
                    """
                            .formatted(STATUS));

    // Whoever has it now finds its lease gone.
    private static final Sql AGAIN =
            Sql.named(
                    "webhook-again",
                    """
                    UPDATE webhook
                    SET state = 'OPEN', position = least(position, :position), attempts = 0,
                        next_at = now(), lease = NULL
                    WHERE job_id = :job AND tenant = :tenant
                    RETURNING %s
                    """
                            .formatted(STATUS));

    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);

    private final Transactions transactions;
    private final Sealer sealer;

    public Webhooks(Transactions transactions, Sealer sealer) {
        this.transactions = transactions;
        this.sealer = sealer;
    }

    /** Takes webhooks that have something to tell, those that wait the longest first. */
    public List<WebhookTurn> claim(int limit, Duration lease) {
        UUID name = UUID.randomUUID();
        return transactions.runRepeatable(
                "webhook-claim",
                handle -> {
                    var turns = new ArrayList<WebhookTurn>();
                    handle.createQuery(CLAIM.text())
                            .bind("limit", limit)
                            .bind("lease", name)
                            .bind("seconds", lease.toSeconds())
                            .map((row, context) -> turn(name, row, context))
                            .forEach(turn -> turn.ifPresent(turns::add));
                    return turns;
                });
    }

    // One whose key is not here waits for a process that has it.
    private Optional<WebhookTurn> turn(UUID lease, ResultSet row, StatementContext context)
            throws SQLException {
        Job job = JobRows.map(row, context);
        try {
            return Optional.of(
                    new WebhookTurn(
                            lease,
                            job,
                            JobSecrets.withWebhook(
                                    sealer,
                                    job.id(),
                                    requireNonNull(job.spec().webhook()),
                                    row.getBytes("sealed")),
                            row.getLong("position"),
                            row.getInt("attempts")));
        } catch (SealException e) {
            return Optional.empty();
        }
    }

    /**
     * An event has arrived, and the turn goes on.
     *
     * @param next position of the next event
     * @return false when the turn is another's meanwhile
     */
    public boolean told(
            WebhookTurn turn, long next, WebhookState state, int status, Duration lease) {
        return transactions.runRepeatable(
                "webhook-told",
                handle ->
                        handle.createUpdate(TOLD.text())
                                        .bind("job", turn.job().id())
                                        .bind("lease", turn.lease())
                                        .bind("position", next)
                                        .bind("state", state.name())
                                        .bind("status", status)
                                        .bind("seconds", lease.toSeconds())
                                        .execute()
                                > 0);
    }

    /** Ends a turn, and the webhook: there is nothing more that its receiver wants to be told. */
    public void ended(WebhookTurn turn, long position) {
        transactions.runRepeatable(
                "webhook-ended",
                handle ->
                        handle.createUpdate(ENDED.text())
                                .bind("job", turn.job().id())
                                .bind("lease", turn.lease())
                                .bind("position", position)
                                .execute());
    }

    /** Ends a turn; what comes next is told after a pause. */
    public void leave(WebhookTurn turn, long position, Duration pause) {
        transactions.runRepeatable(
                "webhook-left",
                handle ->
                        handle.createUpdate(LEFT.text())
                                .bind("job", turn.job().id())
                                .bind("lease", turn.lease())
                                .bind("position", position)
                                .bind("millis", pause.toMillis())
                                .execute());
    }

    /**
     * An event has not arrived; the turn ends.
     *
     * @param position of the event
     * @param attempts failed ones of it
     */
    public void failed(
            WebhookTurn turn,
            long position,
            int attempts,
            WebhookState state,
            @Nullable Integer status,
            String problem,
            Duration pause) {
        transactions.runRepeatable(
                "webhook-failed",
                handle ->
                        handle.createUpdate(FAILED.text())
                                .bind("job", turn.job().id())
                                .bind("lease", turn.lease())
                                .bind("position", position)
                                .bind("attempts", attempts)
                                .bind("state", state.name())
                                .bind("status", status)
                                .bind("problem", problem)
                                .bind("millis", pause.toMillis())
                                .execute());
    }

    /** That of a job, if it has one and is this tenant's. */
    public Optional<WebhookStatus> find(Tenant tenant, UUID job) {
        return transactions.single(
                "webhook-find",
                handle ->
                        handle.createQuery(FIND.text())
                                .bind("job", job)
                                .bind("tenant", tenant.id())
                                .map(Webhooks::status)
                                .findOne());
    }

    /**
     * Those of a tenant, newest jobs first.
     *
     * @param before only jobs with a smaller id, or null to start
     */
    public List<WebhookStatus> list(Tenant tenant, @Nullable UUID before, int limit) {
        return transactions.single(
                "webhook-list",
                handle ->
                        handle.createQuery(LIST.text())
                                .bind("tenant", tenant.id())
                                .bind("first", FIRST)
                                .bind("before", before == null ? LAST : before)
                                .bind("limit", limit)
                                .map(Webhooks::status)
                                .list());
    }

    /**
     * Tells events again, or those that were given up: from a position on, at once.
     *
     * @param position later than the next one changes nothing about what is told
     */
    public Optional<WebhookStatus> sendAgain(Tenant tenant, UUID job, long position) {
        return transactions.runRepeatable(
                "webhook-again",
                handle ->
                        handle.createQuery(AGAIN.text())
                                .bind("job", job)
                                .bind("tenant", tenant.id())
                                .bind("position", position)
                                .map(Webhooks::status)
                                .findOne());
    }

    private static WebhookStatus status(ResultSet row, StatementContext context)
            throws SQLException {
        return new WebhookStatus(
                row.getObject("job_id", UUID.class),
                WebhookState.valueOf(row.getString("state")),
                row.getLong("position"),
                row.getInt("attempts"),
                row.getTimestamp("next_at").toInstant(),
                JobRows.instant(row.getTimestamp("told_at")),
                row.getObject("status", Integer.class),
                row.getString("problem"));
    }
}
