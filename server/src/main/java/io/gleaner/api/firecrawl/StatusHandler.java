package io.gleaner.api.firecrawl;

import io.gleaner.api.jobs.JobLists;
import io.gleaner.api.jobs.JobsHandler;
import io.gleaner.api.jobs.PageChunks;
import io.gleaner.api.jobs.PageStream;
import io.gleaner.api.port.ApiParts;
import io.gleaner.api.wire.CountingOutput;
import io.gleaner.api.wire.Json;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.api.wire.ProblemException;
import io.gleaner.api.wire.QueryParams;
import io.gleaner.budget.Budget;
import io.gleaner.cache.Signals;
import io.gleaner.job.FaultCode;
import io.gleaner.job.Job;
import io.gleaner.job.JobRef;
import io.gleaner.job.JobState;
import io.gleaner.job.Page;
import io.gleaner.store.Jobs;
import io.gleaner.store.PageFilter;
import io.gleaner.store.PageOutcome;
import io.gleaner.store.Pages;
import io.gleaner.store.StoredPage;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import tools.jackson.core.JsonGenerator;

/**
 * The status of a crawl or a batch with a piece of its documents, its errors, and its end on
 * request.
 *
 * <p>{@code skip} is a place in the job, not a number of documents to pass over: it is found by
 * index however large the job is. It counts each concluded URL, also one that gave no document.
 */
final class StatusHandler {

    private static final int LIMIT_DEFAULT = 100;
    private static final long BYTES_MAX = 10 << 20;
    private static final int OUTCOMES_MAX = 500;

    private final Jobs jobs;
    private final Pages pages;
    private final Signals signals;
    private final Budget streams;
    private final JobLists lists;
    private final int listMax;

    StatusHandler(ApiParts parts, JobLists lists, int listMax) {
        this.jobs = parts.jobs();
        this.pages = parts.pages();
        this.signals = parts.signals();
        this.streams = parts.budgets().streams();
        this.lists = lists;
        this.listMax = listMax;
    }

    void status(ServerRequest request, ServerResponse response) throws InterruptedException {
        var query = QueryParams.of(request, "skip", "limit");
        Job job = job(request);
        long skip = query.number("skip", 0, Long.MAX_VALUE).orElse(0L);
        int limit = query.integer("limit", 1, listMax, Math.min(LIMIT_DEFAULT, listMax));
        try (var chunks =
                new PageChunks(pages, job.id(), PageFilter.CONTENT, skip, limit, streams)) {
            Origin origin = Origin.of(request.headers());
            String self = origin.url(request.path().path());
            stream(
                    response,
                    (json, out) -> {
                        StatusJson.write(json, job);
                        json.writeArrayPropertyStart("data");
                        try {
                            documents(json, out, job, origin, chunks);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                            throw PageStream.gone(e);
                        }
                        json.writeEndArray();
                        if (moreAfter(job, chunks.cursor())) {
                            json.writeStringProperty(
                                    "next",
                                    "%s?skip=%d&limit=%d".formatted(self, chunks.cursor(), limit));
                        }
                    });
        }
    }

    private void documents(
            JsonGenerator json, CountingOutput out, Job job, Origin origin, PageChunks chunks)
            throws InterruptedException {
        long written = 0;
        var documents = new DocumentJson(json, job, origin, pages);
        for (var chunk = chunks.next(); !chunk.isEmpty(); chunk = chunks.next()) {
            chunk.forEach(page -> documents.write(page, null));
            json.flush();
            long bytes = out.take();
            chunks.wrote(chunk.size(), bytes);
            written += bytes;
            if (written >= BYTES_MAX) {
                return;
            }
        }
    }

    /** Whether there is another document now: a client that is told so asks at once. */
    private boolean moreAfter(Job job, long cursor) {
        long at = cursor;
        while (at < job.done()) {
            List<PageOutcome> found = pages.outcomes(job.id(), at, at == cursor ? 1 : OUTCOMES_MAX);
            if (found.isEmpty()) {
                return false;
            }
            if (found.stream().anyMatch(page -> page.fault() == null)) {
                return true;
            }
            at = found.getLast().seq();
        }
        return false;
    }

    void errors(ServerRequest request, ServerResponse response) throws InterruptedException {
        QueryParams.of(request);
        Job job = job(request);
        stream(
                response,
                (json, out) -> {
                    json.writeArrayPropertyStart("errors");
                    eachFault(job, json, out, (seq, fault) -> error(json, job, seq, fault));
                    json.writeEndArray();
                    json.writeArrayPropertyStart("robotsBlocked");
                    eachFault(
                            job,
                            json,
                            out,
                            (_, fault) -> {
                                if (isRobots(fault)) {
                                    json.writeString(fault.url());
                                }
                            });
                    json.writeEndArray();
                });
    }

    private static void error(JsonGenerator json, Job job, long seq, Page.Fault fault) {
        if (isRobots(fault)) {
            return;
        }
        json.writeStartObject();
        json.writeStringProperty("id", DocumentJson.scrapeId(job, seq).toString());
        json.writeStringProperty("timestamp", fault.fetchedAt().toString());
        json.writeStringProperty("url", fault.url());
        json.writeStringProperty("code", "SCRAPE_" + fault.code());
        json.writeStringProperty("error", fault.detail());
        json.writeEndObject();
    }

    private static boolean isRobots(Page.Fault fault) {
        return fault.code() == FaultCode.ROBOTS_DISALLOWED
                || fault.code() == FaultCode.ROBOTS_UNREACHABLE;
    }

    private void eachFault(
            Job job, JsonGenerator json, CountingOutput out, BiConsumer<Long, Page.Fault> write) {
        try (var chunks =
                new PageChunks(pages, job.id(), PageFilter.FAULTS, 0, Long.MAX_VALUE, streams)) {
            for (var chunk = chunks.next(); !chunk.isEmpty(); chunk = chunks.next()) {
                for (StoredPage page : chunk) {
                    if (page.page() instanceof Page.Fault fault) {
                        write.accept(page.seq(), fault);
                    }
                }
                json.flush();
                chunks.wrote(chunk.size(), out.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PageStream.gone(e);
        }
    }

    void cancel(ServerRequest request, ServerResponse response) {
        QueryParams.of(request);
        Job job = job(request);
        if (job.state() == JobState.COMPLETED || job.state() == JobState.FAILED) {
            throw Problem.of(ProblemCode.JOB_ENDED, "Crawl is already completed").raise();
        }
        jobs.cancel(job.id());
        lists.changed();
        signals.jobChanged(job.id());
        Json.send(response, Map.of("success", true, "status", "cancelled"));
    }

    private Job job(ServerRequest request) {
        JobRef ref = JobsHandler.ref(request);
        return jobs.find(ref).orElseThrow(() -> notFound(ref.id()));
    }

    static ProblemException notFound(UUID id) {
        return Problem.of(ProblemCode.UNKNOWN_JOB, "Job not found").with("id", id).raise();
    }

    private interface Body {
        void write(JsonGenerator json, CountingOutput out);
    }

    /** What goes wrong after the first byte can only end the connection. */
    private static void stream(ServerResponse response, Body body) {
        response.header(HeaderNames.CONTENT_TYPE, Json.MEDIA_TYPE);
        try (var out = new CountingOutput(response.outputStream())) {
            JsonGenerator json = Json.generator(out);
            json.writeStartObject();
            body.write(json, out);
            json.writeEndObject();
            json.close();
        } catch (IOException | ProblemException e) {
            throw PageStream.gone(e);
        }
    }
}
