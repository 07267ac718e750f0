package io.gleaner.api.schedules;

import io.gleaner.api.guard.Caller;
import io.gleaner.api.port.ApiConfig;
import io.gleaner.api.port.ApiParts;
import io.gleaner.api.port.UrlRules;
import io.gleaner.api.wire.Json;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.api.wire.ProblemException;
import io.gleaner.api.wire.QueryParams;
import io.gleaner.api.wire.RequestBody;
import io.gleaner.budget.Budget;
import io.gleaner.job.Tenant;
import io.gleaner.schedule.Times;
import io.gleaner.store.Schedule;
import io.gleaner.store.Schedules;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code /api/schedules}: make, list, show, pause, resume and delete. */
public final class SchedulesHandler {

    private static final int RUNS_SHOWN = 20;

    private final ApiConfig config;
    private final Schedules schedules;
    private final UrlRules rules;
    private final Budget submissions;
    private final InstantSource clock;

    public SchedulesHandler(ApiConfig config, ApiParts parts) {
        this.config = config;
        this.schedules = parts.schedules();
        this.rules = parts.rules();
        this.submissions = parts.budgets().submissions();
        this.clock = parts.clock();
    }

    public void create(ServerRequest request, ServerResponse response) {
        QueryParams.of(request);
        RequestBody.mediaType(request, Json.MEDIA_TYPE);
        Tenant tenant = Caller.of(request).tenant();
        Schedule schedule =
                ScheduleBody.read(
                        RequestBody.open(request, config.bodyMaxBytes()),
                        rules,
                        submissions,
                        tenant,
                        clock.instant());
        if (!schedules.create(schedule)) {
            throw Problem.of(
                            ProblemCode.SCHEDULE_EXISTS,
                            "there is a schedule of the name %s, or there are %d"
                                    .formatted(schedule.name(), Schedules.SCHEDULES_MAX))
                    .with("field", "name")
                    .with("value", schedule.name())
                    .raise();
        }
        response.status(Status.CREATED_201)
                .header(HeaderNames.LOCATION, ScheduleView.path(schedule.id()));
        Json.send(response, ScheduleView.of(schedule, List.of()));
    }

    public void list(ServerRequest request, ServerResponse response) {
        QueryParams.of(request);
        List<Schedule> found = schedules.list(Caller.of(request).tenant());
        Json.send(
                response,
                new Listed(found.stream().map(one -> ScheduleView.of(one, null)).toList()));
    }

    /** All of a tenant's. */
    record Listed(List<ScheduleView> schedules) {}

    public void show(ServerRequest request, ServerResponse response) {
        QueryParams.of(request);
        UUID id = id(request);
        send(response, id, schedules.find(Caller.of(request).tenant(), id));
    }

    public void pause(ServerRequest request, ServerResponse response) {
        QueryParams.of(request);
        UUID id = id(request);
        send(response, id, schedules.pause(Caller.of(request).tenant(), id));
    }

    /** From now on: what was due meanwhile was not missed. */
    public void resume(ServerRequest request, ServerResponse response) {
        QueryParams.of(request);
        UUID id = id(request);
        Tenant tenant = Caller.of(request).tenant();
        Schedule schedule = schedules.find(tenant, id).orElseThrow(() -> unknown(id));
        Instant now = clock.instant();
        Instant due = Times.after(schedule.timing(), schedule.dueAt(), now);
        Instant start = Times.later(due, schedule.jitter());
        send(response, id, schedules.resume(tenant, id, due, start));
    }

    public void delete(ServerRequest request, ServerResponse response) {
        QueryParams.of(request);
        UUID id = id(request);
        if (!schedules.delete(Caller.of(request).tenant(), id)) {
            throw unknown(id);
        }
        response.status(Status.NO_CONTENT_204).send();
    }

    private void send(ServerResponse response, UUID id, Optional<Schedule> found) {
        Schedule schedule = found.orElseThrow(() -> unknown(id));
        Json.send(response, ScheduleView.of(schedule, schedules.runs(id, RUNS_SHOWN)));
    }

    private static UUID id(ServerRequest request) {
        return QueryParams.uuid("id", request.path().pathParameters().get("id"));
    }

    private static ProblemException unknown(UUID id) {
        return Problem.of(ProblemCode.UNKNOWN_SCHEDULE, "no schedule has the id " + id)
                .with("field", "id")
                .with("value", id)
                .raise();
    }
}
