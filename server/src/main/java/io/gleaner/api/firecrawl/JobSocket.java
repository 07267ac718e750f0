package io.gleaner.api.firecrawl;

import io.gleaner.access.Scope;
import io.gleaner.api.guard.Caller;
import io.gleaner.api.guard.Drain;
import io.gleaner.api.guard.RequestGuard;
import io.gleaner.api.guard.StreamCap;
import io.gleaner.api.jobs.JobWatch;
import io.gleaner.api.jobs.PageChunks;
import io.gleaner.api.port.ApiParts;
import io.gleaner.api.wire.Json;
import io.gleaner.api.wire.ProblemException;
import io.gleaner.api.wire.QueryParams;
import io.gleaner.database.DatabaseException;
import io.gleaner.job.Job;
import io.gleaner.job.JobRef;
import io.gleaner.store.PageFilter;
import io.gleaner.store.StoredPage;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * One client's WebSocket: where the job is, then each document as it comes, then the end.
 *
 * <p>Every upgrade is accepted, because their SDK dies of one that is not; whoever may not, or asks
 * for what is not there, is told so by the first message. The key is the subprotocol, for browsers
 * let a page send nothing else.
 */
final class JobSocket implements WsListener {

    private static final HeaderName PROTOCOL = HeaderNames.create("Sec-WebSocket-Protocol");
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final int ENDED = 1000;
    private static final int GOING_AWAY = 1001;
    private static final int REFUSED = 1008;
    private static final String DONE = "{\"type\":\"done\"}";

    private final ApiParts parts;
    private final RequestGuard guard;
    private final StreamCap streams;
    private final Drain drain;
    private @Nullable Caller caller;
    private @Nullable JobRef ref;
    private Origin origin = new Origin("");
    private String refusal = "";

    JobSocket(ApiParts parts, RequestGuard guard, StreamCap streams, Drain drain) {
        this.parts = parts;
        this.guard = guard;
        this.streams = streams;
        this.drain = drain;
    }

    @Override
    public Optional<Headers> onHttpUpgrade(HttpPrologue prologue, Headers headers) {
        String path = prologue.uriPath().path();
        origin = Origin.of(headers);
        try {
            Caller who = guard.admit(path, headers);
            who.require(Scope.READ);
            String id = path.substring(path.lastIndexOf('/') + 1);
            ref = new JobRef(who.tenant(), QueryParams.uuid("id", id));
            caller = who;
        } catch (ProblemException e) {
            refusal = e.problem().detail();
        } catch (DatabaseException e) {
            refusal = "the database cannot be used now";
        }
        return RequestGuard.subprotocol(headers)
                .map(name -> WritableHeaders.create().add(PROTOCOL, name));
    }

    @Override
    public void onOpen(WsSession session) {
        JobRef asked = ref;
        Caller who = caller;
        if (asked == null || who == null) {
            refuse(session, refusal);
            return;
        }
        try (var _ = streams.take(who, session.socketContext().remotePeer())) {
            follow(session, asked);
        } catch (ProblemException e) {
            refuse(session, e.problem().detail());
        } catch (DatabaseException e) {
            refuse(session, "the database cannot be used now");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            session.terminate();
        }
    }

    private static void refuse(WsSession session, String why) {
        session.send(
                new String(
                        Json.bytes(Map.of("type", "error", "error", why)), StandardCharsets.UTF_8),
                true);
        session.close(REFUSED, "");
    }

    private void follow(WsSession session, JobRef asked) throws InterruptedException {
        Job first = parts.jobs().find(asked).orElseThrow(() -> StatusHandler.notFound(asked.id()));
        session.send(catchUp(first), true);
        long beatAt = System.nanoTime();
        try (var chunks =
                new PageChunks(
                        parts.pages(),
                        first.id(),
                        PageFilter.CONTENT,
                        0,
                        Long.MAX_VALUE,
                        parts.budgets().streams())) {
            while (true) {
                long seen = parts.signals().jobVersion(first.id());
                // The state before the pages: a final job has none after those read next.
                Optional<Job> job = parts.jobs().find(asked);
                if (sendAll(session, first, chunks)) {
                    beatAt = System.nanoTime();
                }
                if (job.isEmpty() || job.get().state().isFinal()) {
                    session.close(ENDED, DONE);
                    return;
                }
                if (drain.closing()) {
                    // Their SDK goes on by asking for the status.
                    session.close(GOING_AWAY, "");
                    return;
                }
                if (System.nanoTime() - beatAt > HEARTBEAT.toNanos()) {
                    session.ping(BufferData.empty());
                    beatAt = System.nanoTime();
                }
                parts.signals().awaitJob(first.id(), seen, JobWatch.POLL);
            }
        }
    }

    private boolean sendAll(WsSession session, Job job, PageChunks chunks)
            throws InterruptedException {
        boolean any = false;
        for (var chunk = chunks.next(); !chunk.isEmpty(); chunk = chunks.next()) {
            long bytes = 0;
            for (StoredPage page : chunk) {
                String message =
                        message(
                                "document",
                                json ->
                                        new DocumentJson(json, job, origin, parts.pages())
                                                .write(page, null));
                bytes += message.length();
                session.send(message, true);
            }
            chunks.wrote(chunk.size(), bytes);
            any = true;
        }
        return any;
    }

    /**
     * Without documents, and never ended: a client that hears of an end listens no more, and the
     * documents are still to come.
     */
    private static String catchUp(Job job) {
        return message(
                "catchup",
                json -> {
                    json.writeStartObject();
                    StatusJson.write(json, job, "scraping");
                    json.writeArrayPropertyStart("data");
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    private static String message(String type, Consumer<JsonGenerator> data) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(bytes)) {
            json.writeStartObject();
            json.writeStringProperty("type", type);
            json.writeName("data");
            data.accept(json);
            json.writeEndObject();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
