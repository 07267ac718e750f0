package io.gleaner.api.schedules;

import io.gleaner.api.jobs.JobView;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.Timing;
import io.gleaner.store.Schedule;
import io.gleaner.store.ScheduleRun;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as the API shows it.
 *
 * @param url the start of its crawl, or the first of its URLs
 * @param every ISO 8601, or null
 * @param dueAt the next time; null while it is paused
 * @param runs what became of the last times; only where one schedule is shown
 */
record ScheduleView(
        UUID id,
        String name,
        String kind,
        String url,
        @Nullable String every,
        @Nullable String cron,
        @Nullable String zone,
        String jitter,
        boolean recrawl,
        boolean paused,
        @Nullable Instant dueAt,
        @Nullable UUID lastJob,
        Instant createdAt,
        @Nullable List<Run> runs,
        Links links) {

    /** What became of one time. */
    record Run(
            Instant dueAt,
            Instant at,
            String outcome,
            @Nullable UUID job,
            @Nullable String detail) {

        static Run of(ScheduleRun run) {
            return new Run(
                    run.dueAt(),
                    run.at(),
                    run.outcome().name().toLowerCase(Locale.ROOT),
                    run.job(),
                    run.detail());
        }
    }

    /** Where to go from here. */
    record Links(String self, @Nullable String lastJob) {}

    static ScheduleView of(Schedule schedule, @Nullable List<ScheduleRun> runs) {
        Timing timing = schedule.timing();
        CrawlSpec crawl = schedule.spec().crawl();
        UUID last = schedule.lastJob();
        return new ScheduleView(
                schedule.id(),
                schedule.name(),
                schedule.spec().kind().name().toLowerCase(Locale.ROOT),
                crawl == null ? schedule.seeds().getFirst().url() : crawl.url().toString(),
                timing instanceof Timing.Every(var period) ? period.toString() : null,
                timing instanceof Timing.Cron(var expression, _) ? expression : null,
                timing instanceof Timing.Cron(_, var zone) ? zone.getId() : null,
                schedule.jitter().toString(),
                schedule.recrawl(),
                schedule.startAt() == null,
                schedule.startAt() == null ? null : schedule.dueAt(),
                last,
                schedule.createdAt(),
                runs == null ? null : runs.stream().map(Run::of).toList(),
                new Links(path(schedule.id()), last == null ? null : JobView.path(last)));
    }

    static String path(UUID id) {
        return "/api/schedules/" + id;
    }
}
