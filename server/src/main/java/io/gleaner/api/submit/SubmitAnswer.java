package io.gleaner.api.submit;

import io.gleaner.api.jobs.JobView;
import io.gleaner.api.wire.Json;
import io.gleaner.job.Job;
import io.gleaner.store.SubmitOutcome;
import io.gleaner.store.SubmitOutcome.Accepted;
import io.gleaner.store.SubmitOutcome.BacklogFull;
import io.gleaner.store.SubmitOutcome.Conflict;
import io.gleaner.store.SubmitOutcome.Duplicate;
import io.gleaner.store.SubmitOutcome.InProgress;
import io.gleaner.store.SubmitOutcome.Overloaded;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Answers a submission with its job, or says why nothing was stored. */
final class SubmitAnswer {

    private final InstantSource clock;

    SubmitAnswer(InstantSource clock) {
        this.clock = clock;
    }

    void send(ServerResponse response, SubmitOutcome outcome) {
        switch (outcome) {
            case Accepted(Job job) -> send(response, Status.ACCEPTED_202, job);
            case Duplicate(Job job) -> send(response, Status.OK_200, job);
            case Conflict(Job job) -> throw SubmitHandler.conflict(job);
            case InProgress(Duration retryAfter) -> throw SubmitHandler.inProgress(retryAfter);
            case BacklogFull full -> throw SubmitHandler.backlogFull(full);
            case Overloaded(Duration retryAfter) -> throw SubmitHandler.overloaded(retryAfter);
        }
    }

    private void send(ServerResponse response, Status status, Job job) {
        response.status(status)
                .header(HeaderNames.LOCATION, JobView.path(job.id()))
                .header(HeaderNames.ETAG, JobView.etag(job));
        Json.send(response, JobView.of(job, List.of(), clock.instant()));
    }
}
