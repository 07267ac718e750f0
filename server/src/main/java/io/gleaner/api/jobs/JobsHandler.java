package io.gleaner.api.jobs;

import io.gleaner.api.guard.Caller;
import io.gleaner.api.port.ApiConfig;
import io.gleaner.api.port.ApiParts;
import io.gleaner.api.wire.Json;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.api.wire.QueryParams;
import io.gleaner.cache.Signals;
import io.gleaner.job.Job;
import io.gleaner.job.JobKind;
import io.gleaner.job.JobRef;
import io.gleaner.job.JobState;
import io.gleaner.job.Labels;
import io.gleaner.store.JobFilter;
import io.gleaner.store.Jobs;
import io.gleaner.telemetry.LogContext;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** {@code /api/jobs}: list jobs, watch one, cancel one. */
public final class JobsHandler {

    private static final int LIMIT_DEFAULT = 50;
    private static final Map<String, JobState> STATES = QueryParams.names(JobState.class);
    private static final Map<String, JobKind> KINDS = QueryParams.names(JobKind.class);

    private final ApiConfig config;
    private final Jobs jobs;
    private final Signals signals;
    private final JobWatch watch;
    private final JobLists lists;
    private final InstantSource clock;

    public JobsHandler(ApiConfig config, ApiParts parts, JobWatch watch, JobLists lists) {
        this.config = config;
        this.jobs = parts.jobs();
        this.signals = parts.signals();
        this.clock = parts.clock();
        this.watch = watch;
        this.lists = lists;
    }

    public void list(ServerRequest request, ServerResponse response) throws InterruptedException {
        var query =
                QueryParams.of(
                        request, "state", "kind", "name", "tag", "from", "until", "order", "count",
                        "limit", "cursor");
        JobState state = query.choice("state", STATES).orElse(null);
        int limit = query.integer("limit", 1, config.listMax(), LIMIT_DEFAULT);
        UUID before = query.uuid("cursor").orElse(null);
        var filter =
                new JobFilter(
                        state,
                        query.choice("kind", KINDS).orElse(null),
                        query.storable("name", Labels.NAME_LENGTH_MAX).orElse(null),
                        query.storable("tag", Labels.TAG_LENGTH_MAX).orElse(null),
                        query.instant("from").orElse(null),
                        query.instant("until").orElse(null),
                        !query.choice("order", PageParams.orders()).orElse(true));
        boolean counted = query.flag("count");
        var tenant = Caller.of(request).tenant();
        Json.send(
                response,
                counted || !filter.equals(JobFilter.of(state))
                        ? lists.search(tenant, filter, before, limit, counted)
                        : lists.find(tenant, state, before, limit));
    }

    public void status(ServerRequest request, ServerResponse response) throws InterruptedException {
        var query = QueryParams.of(request, "wait");
        Duration wait = query.duration("wait", config.waitMax()).orElse(Duration.ZERO);
        JobRef ref = ref(request);
        Optional<String> known = request.headers().first(HeaderNames.IF_NONE_MATCH);
        // Who says what it knows waits for news; who does not waits for the end.
        Predicate<JobAnswer> news = answer -> answer.isFinal() || !matches(known, answer.etag());
        Predicate<JobAnswer> end = JobAnswer::isFinal;
        JobAnswer answer = found(ref.id(), watch.await(ref, known.isPresent() ? news : end, wait));
        response.header(HeaderNames.ETAG, answer.etag())
                .header(HeaderNames.CACHE_CONTROL, "no-cache");
        if (matches(known, answer.etag())) {
            response.status(Status.NOT_MODIFIED_304).send();
            return;
        }
        Json.send(response, answer.json());
    }

    public void cancel(ServerRequest request, ServerResponse response) {
        QueryParams.of(request);
        JobRef ref = ref(request);
        // Whose a job is never changes, so what is found is still this caller's when it is
        // cancelled.
        Job job = found(ref.id(), jobs.find(ref).flatMap(own -> jobs.cancel(own.id())));
        lists.changed();
        signals.jobChanged(ref.id());
        response.header(HeaderNames.ETAG, JobView.etag(job));
        Json.send(response, JobView.of(job, List.of(), clock.instant()));
    }

    /** The job in the path, as the caller's; from here on the log names it, too. */
    public static JobRef ref(ServerRequest request) {
        UUID id = QueryParams.uuid("id", request.path().pathParameters().get("id"));
        LogContext.addJob(id);
        return new JobRef(Caller.of(request).tenant(), id);
    }

    public static <T> T found(UUID id, Optional<T> job) {
        return job.orElseThrow(
                () ->
                        Problem.of(ProblemCode.UNKNOWN_JOB, "no job has the id " + id)
                                .with("field", "id")
                                .with("value", id)
                                .raise());
    }

    private static boolean matches(Optional<String> known, String weakEtag) {
        if (known.isEmpty()) {
            return false;
        }
        String etag = weakEtag.substring("W/".length());
        for (String one : known.get().split(",", -1)) {
            String tag = one.strip();
            if (tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag)) {
                return true;
            }
        }
        return false;
    }
}
