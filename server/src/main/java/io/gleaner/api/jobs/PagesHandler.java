package io.gleaner.api.jobs;

import io.gleaner.api.guard.Drain;
import io.gleaner.api.port.ApiConfig;
import io.gleaner.api.port.ApiParts;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.api.wire.Json;
import io.gleaner.api.wire.QueryParams;
import io.gleaner.job.Job;
import io.gleaner.job.JobRef;
import io.gleaner.store.Jobs;
import io.gleaner.store.PageFilter;
import io.gleaner.store.Pages;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code /api/jobs/{id}/pages} and {@code /faults}: results, a piece as JSON or all as NDJSON. */
public final class PagesHandler {

    private static final int LIMIT_DEFAULT = 100;

    private final ApiConfig config;
    private final Jobs jobs;
    private final Pages pages;
    private final PageStream stream;
    private final PageList list;

    public PagesHandler(ApiConfig config, ApiParts parts, Drain drain) {
        this.config = config;
        this.jobs = parts.jobs();
        this.pages = parts.pages();
        this.stream = new PageStream(parts, drain);
        this.list = new PageList(parts.pages(), parts.budgets().streams());
    }

    public void pages(ServerRequest request, ServerResponse response) throws InterruptedException {
        var query =
                QueryParams.of(
                        request, "cursor", "limit", "follow", "outcome", "fault", "status", "url",
                        "change", "order", "count", "brief");
        PageFilter filter = PageParams.filter(query);
        JobRef ref = JobsHandler.ref(request);
        boolean lines = wantsLines(request);
        boolean follow = query.flag("follow");
        if (follow && !lines) {
            throw BodyReader.refuse(
                    "follow", "true", "false, or true with Accept: " + Json.LINES_TYPE);
        }
        if (follow && !filter.grows()) {
            throw BodyReader.refuse("follow", "true", "false with url or order=newest");
        }
        boolean counted = query.flag("count");
        boolean brief = query.flag("brief");
        if (filter.change() != null && (counted || brief)) {
            throw BodyReader.refuse(
                    counted ? "count" : "brief",
                    "true",
                    "false with change: the job's status has the counts");
        }
        if (lines && (counted || brief)) {
            throw BodyReader.refuse(
                    counted ? "count" : "brief", "true", "false with Accept: " + Json.LINES_TYPE);
        }
        // Read before the pages: what is final now has no pages after those that are read now.
        Job job = JobsHandler.found(ref.id(), jobs.find(ref));
        long cursor = cursor(query);
        response.header(HeaderNames.VARY, "Accept");
        if (lines) {
            long limit = query.number("limit", 1, Long.MAX_VALUE).orElse(Long.MAX_VALUE);
            stream.send(response, job.id(), filter, cursor, limit, follow);
        } else {
            Accepted.json(
                    request,
                    "%s, %s; other formats are at %s/export"
                            .formatted(Json.MEDIA_TYPE, Json.LINES_TYPE, JobView.path(ref.id())));
            int limit = query.integer("limit", 1, config.listMax(), LIMIT_DEFAULT);
            Integer count = counted ? count(job, filter) : null;
            if (brief) {
                Json.send(response, BriefPages.of(job, pages, filter, cursor, limit, count));
            } else {
                list.send(response, job, "pages", filter, cursor, limit, count);
            }
        }
    }

    public void faults(ServerRequest request, ServerResponse response) throws InterruptedException {
        var query = QueryParams.of(request, "cursor", "limit");
        JobRef ref = JobsHandler.ref(request);
        Job job = JobsHandler.found(ref.id(), jobs.find(ref));
        int limit = query.integer("limit", 1, config.listMax(), LIMIT_DEFAULT);
        list.send(response, job, "faults", PageFilter.FAULTS, cursor(query), limit, null);
    }

    /** How often each kind of fault came. */
    public void faultCounts(ServerRequest request, ServerResponse response) {
        QueryParams.of(request);
        JobRef ref = JobsHandler.ref(request);
        Job job = JobsHandler.found(ref.id(), jobs.find(ref));
        var counts = new TreeMap<String, Integer>();
        pages.faults(job.id())
                .forEach((code, n) -> counts.put(code.name().toLowerCase(Locale.ROOT), n));
        Json.send(response, Map.of("faults", counts));
    }

    private int count(Job job, PageFilter filter) {
        boolean all = filter.withoutOrder().equals(PageFilter.ALL);
        // Counted already, as part of settling.
        return all ? Math.toIntExact(job.done()) : pages.count(job.id(), filter);
    }

    private static long cursor(QueryParams query) {
        return query.number("cursor", 0, Long.MAX_VALUE).orElse(0L);
    }

    private static boolean wantsLines(ServerRequest request) {
        return request.headers().values(HeaderNames.ACCEPT).stream()
                .anyMatch(type -> type.toLowerCase(Locale.ROOT).contains(Json.LINES_TYPE));
    }
}
