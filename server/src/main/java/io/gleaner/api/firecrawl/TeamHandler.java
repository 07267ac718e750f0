package io.gleaner.api.firecrawl;

import io.gleaner.api.guard.Caller;
import io.gleaner.api.port.ApiConfig;
import io.gleaner.api.port.ApiParts;
import io.gleaner.api.wire.Json;
import io.gleaner.api.wire.QueryParams;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.Job;
import io.gleaner.job.JobState;
import io.gleaner.job.Tenant;
import io.gleaner.store.Jobs;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a tenant has under way. Nothing is sold here, so credits and tokens do not end. */
final class TeamHandler {

    private static final int JOBS_MAX = 1_000;
    private static final long UNLIMITED = 999_999_999L;

    private final Jobs jobs;
    private final int concurrencyMax;

    TeamHandler(ApiConfig config, ApiParts parts) {
        this.jobs = parts.jobs();
        // What one key may have open at once is all there is of such a limit.
        this.concurrencyMax = config.connections().streamsPerKeyMax();
    }

    void active(ServerRequest request, ServerResponse response) {
        QueryParams.of(request);
        Tenant tenant = Caller.of(request).tenant();
        var crawls = new ArrayList<Map<String, Object>>();
        for (Job job : running(tenant)) {
            CrawlSpec crawl = job.spec().crawl();
            if (crawl == null) {
                continue;
            }
            var one = new LinkedHashMap<String, Object>();
            one.put("id", job.id());
            one.put("teamId", Long.toString(tenant.id()));
            one.put("url", crawl.url().toString());
            one.put("created_at", job.createdAt().toString());
            one.put(
                    "options",
                    Map.of("limit", crawl.limit(), "maxDiscoveryDepth", crawl.maxDepth()));
            crawls.add(one);
        }
        Json.send(response, success("crawls", crawls));
    }

    void queue(ServerRequest request, ServerResponse response) {
        QueryParams.of(request);
        Tenant tenant = Caller.of(request).tenant();
        List<Job> running = running(tenant);
        long pending = running.stream().mapToLong(Job::pending).sum();
        long active = Math.min(pending, running.size());
        List<Job> last = jobs.list(tenant, JobState.COMPLETED, null, 1);
        var body = success("jobsInQueue", pending);
        body.put("activeJobsInQueue", active);
        body.put("waitingJobsInQueue", pending - active);
        body.put("maxConcurrency", concurrencyMax);
        body.put("mostRecentSuccess", last.isEmpty() ? null : text(last.getFirst()));
        Json.send(response, body);
    }

    private static @Nullable String text(Job job) {
        return job.finishedAt() == null ? null : job.finishedAt().toString();
    }

    void concurrency(ServerRequest request, ServerResponse response) {
        QueryParams.of(request);
        var body = success("concurrency", running(Caller.of(request).tenant()).size());
        body.put("maxConcurrency", concurrencyMax);
        Json.send(response, body);
    }

    void credits(ServerRequest request, ServerResponse response) {
        QueryParams.of(request);
        Json.send(response, success("data", usage("Credits")));
    }

    void tokens(ServerRequest request, ServerResponse response) {
        QueryParams.of(request);
        Json.send(response, success("data", usage("Tokens")));
    }

    /** In the words of both versions. */
    private static Map<String, @Nullable Object> usage(String of) {
        var usage = new LinkedHashMap<String, @Nullable Object>();
        usage.put("remaining" + of, UNLIMITED);
        usage.put("plan" + of, UNLIMITED);
        usage.put("remaining_" + of.toLowerCase(java.util.Locale.ROOT), UNLIMITED);
        usage.put("billingPeriodStart", null);
        usage.put("billingPeriodEnd", null);
        return usage;
    }

    private List<Job> running(Tenant tenant) {
        return jobs.list(tenant, JobState.RUNNING, null, JOBS_MAX);
    }

    private static Map<String, @Nullable Object> success(String name, @Nullable Object value) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("success", true);
        body.put(name, value);
        return body;
    }
}
