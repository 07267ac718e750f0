package io.gleaner.api.jobs;

import io.gleaner.api.wire.CountingOutput;
import io.gleaner.api.wire.Json;
import io.gleaner.api.wire.ProblemException;
import io.gleaner.budget.Budget;
import io.gleaner.export.PageJson;
import io.gleaner.job.Job;
import io.gleaner.store.PageFilter;
import io.gleaner.store.Pages;
import io.gleaner.store.StoredPage;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** One piece of a job's pages as a JSON object with a cursor. */
final class PageList {

    private final Pages pages;
    private final Budget streams;

    PageList(Pages pages, Budget streams) {
        this.pages = pages;
        this.streams = streams;
    }

    /**
     * @param job as it was before the pages are read
     * @param count how many there are in all, or null when that was not asked
     */
    void send(
            ServerResponse response,
            Job job,
            String name,
            PageFilter filter,
            long cursor,
            int limit,
            @Nullable Integer count)
            throws InterruptedException {
        try (var chunks = new PageChunks(pages, job.id(), filter, cursor, limit, streams)) {
            send(response, job, name, filter, count, chunks);
        }
    }

    private static void send(
            ServerResponse response,
            Job job,
            String name,
            PageFilter filter,
            @Nullable Integer count,
            PageChunks chunks)
            throws InterruptedException {
        List<StoredPage> first = chunks.next();
        response.header(HeaderNames.CONTENT_TYPE, Json.MEDIA_TYPE);
        try (var out = new CountingOutput(response.outputStream())) {
            JsonGenerator json = Json.generator(out);
            json.writeStartObject();
            json.writeArrayPropertyStart(name);
            for (var chunk = first; !chunk.isEmpty(); chunk = chunks.next()) {
                chunk.forEach(new PageJson(json)::write);
                json.flush();
                chunks.wrote(chunk.size(), out.take());
            }
            json.writeEndArray();
            if (count != null) {
                json.writeNumberProperty("count", count);
            }
            Long next = next(job, filter, chunks.cursor(), chunks.limitReached());
            if (next == null) {
                json.writeNullProperty("next");
            } else {
                json.writeNumberProperty("next", next);
            }
            json.writeEndObject();
            json.close();
        } catch (IOException | ProblemException e) {
            throw PageStream.gone(e);
        }
    }

    /** Null only when nothing can come after: no page is left now, nor will one come. */
    static @Nullable Long next(Job job, PageFilter filter, long cursor, boolean limitReached) {
        if (!filter.grows()) {
            return limitReached ? cursor : null;
        }
        boolean allRead = cursor >= job.done() || !limitReached;
        return job.state().isFinal() && allRead ? null : cursor;
    }
}
