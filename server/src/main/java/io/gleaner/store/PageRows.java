package io.gleaner.store;

import io.gleaner.bodies.CaptureCodec;
import io.gleaner.bodies.Deposit;
import io.gleaner.database.Sql;
import io.gleaner.job.CacheState;
import io.gleaner.job.FaultCode;
import io.gleaner.job.Page;
import io.gleaner.job.PageContent;
import io.gleaner.job.rendering.ActionResult;
import io.gleaner.job.rendering.Attachment;
import io.gleaner.job.rendering.Rendering;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Writes and reads rows of {@code page}. */
final class PageRows {

    private static final Sql INSERT =
            Sql.named(
                    "page-insert",
                    """
                    INSERT INTO page (job_id, seq, url, fault, status, fetched_at, meta, content)
                    SELECT job, seq, url, fault, status,
                           timestamptz 'epoch' + fetched * interval '1 microsecond',
                           meta::json, content
                    FROM unnest(:jobs, :seqs, :urls, :faults, :statuses, :fetched, :metas, :contents)
                        AS t (job, seq, url, fault, status, fetched, meta, content)
                    """);

    private PageRows() {}

    /** The small parts of a page, in {@code page.meta}. */
    private record Meta(
            int depth,
            @Nullable String finalUrl,
            @Nullable String contentType,
            @Nullable String detail,
            @Nullable Integer attempts,
            @Nullable CacheState cache,
            @Nullable StoredRendering rendering) {}

    /** What was made of it lies in a table of its own. */
    private record StoredRendering(
            boolean rendered,
            String why,
            @Nullable List<ActionResult> actions,
            @Nullable Map<String, String> attachments) {

        static @Nullable StoredRendering of(@Nullable Rendering rendering) {
            if (rendering == null) {
                return null;
            }
            Map<String, String> types = new TreeMap<>();
            rendering.attachments().forEach(one -> types.put(one.name(), one.mediaType()));
            return new StoredRendering(
                    rendering.rendered(),
                    rendering.why(),
                    rendering.actions().isEmpty() ? null : rendering.actions(),
                    types.isEmpty() ? null : types);
        }

        static @Nullable Rendering rendering(@Nullable StoredRendering stored) {
            return stored == null
                    ? null
                    : new Rendering(
                            stored.rendered,
                            stored.why,
                            Objects.requireNonNullElse(stored.actions, List.of()),
                            stored.named());
        }

        private List<Attachment> named() {
            return attachments == null
                    ? List.of()
                    : attachments.entrySet().stream()
                            .map(one -> new Attachment(one.getKey(), one.getValue(), new byte[0]))
                            .toList();
        }
    }

    /** A page ready to be stored. */
    record Encoded(
            String url,
            @Nullable String fault,
            @Nullable Integer status,
            Instant fetchedAt,
            String meta,
            byte @Nullable [] content,
            List<Attachment> attachments,
            byte @Nullable [] captures,
            Deposit deposit) {}

    /**
     * @param deposit what of it lies elsewhere
     */
    static Encoded encode(Page page, Deposit deposit) {
        return switch (page) {
            case Page.Content content ->
                    new Encoded(
                            content.url(),
                            null,
                            content.status(),
                            content.fetchedAt(),
                            Json.write(
                                    new Meta(
                                            content.depth(),
                                            content.finalUrl(),
                                            content.contentType(),
                                            null,
                                            null,
                                            content.cacheState() == CacheState.MISS
                                                    ? null
                                                    : content.cacheState(),
                                            StoredRendering.of(content.rendering()))),
                            Json.compress(content.content()),
                            content.rendering() == null
                                    ? List.of()
                                    : content.rendering().attachments(),
                            CaptureCodec.encode(content.captures()),
                            deposit);
            case Page.Fault fault ->
                    new Encoded(
                            fault.url(),
                            fault.code().name(),
                            fault.status(),
                            fault.fetchedAt(),
                            Json.write(
                                    new Meta(
                                            fault.depth(),
                                            null,
                                            null,
                                            fault.detail(),
                                            fault.attempts(),
                                            null,
                                            null)),
                            null,
                            List.of(),
                            null,
                            Deposit.NONE);
        };
    }

    /** A page and its place. */
    record Row(UUID job, long seq, Encoded page) {}

    static void insert(Handle handle, List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        handle.createUpdate(INSERT.text())
                .bind("jobs", Column.uuid(rows, Row::job))
                .bind("seqs", Column.int8(rows, Row::seq))
                .bind("urls", Column.text(rows, row -> row.page().url()))
                .bind("faults", Column.text(rows, row -> row.page().fault()))
                .bind("statuses", Column.int4(rows, row -> row.page().status()))
                .bind("fetched", Column.instant(rows, row -> row.page().fetchedAt()))
                .bind("metas", Column.text(rows, row -> row.page().meta()))
                .bind("contents", Column.bytea(rows, row -> row.page().content()))
                .execute();
    }

    static StoredPage map(ResultSet row, StatementContext context) throws SQLException {
        return new StoredPage(row.getLong("seq"), page(row));
    }

    private static Page page(ResultSet row) throws SQLException {
        String url = row.getString("url");
        String fault = row.getString("fault");
        Integer status = row.getObject("status", Integer.class);
        Instant fetchedAt = row.getTimestamp("fetched_at").toInstant();
        Meta meta = Json.read(row.getString("meta"), Meta.class);
        if (fault == null) {
            return new Page.Content(
                    url,
                    meta.finalUrl() == null ? url : meta.finalUrl(),
                    status == null ? 0 : status,
                    fetchedAt,
                    meta.depth(),
                    meta.contentType() == null ? "" : meta.contentType(),
                    Json.decompress(row.getBytes("content"), PageContent.class),
                    meta.cache() == null ? CacheState.MISS : meta.cache(),
                    StoredRendering.rendering(meta.rendering()));
        }
        return new Page.Fault(
                url,
                FaultCode.valueOf(fault),
                meta.detail() == null ? "" : meta.detail(),
                status,
                fetchedAt,
                meta.depth(),
                meta.attempts() == null ? 1 : meta.attempts());
    }
}
