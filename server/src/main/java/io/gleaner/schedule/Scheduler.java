package io.gleaner.schedule;

import io.gleaner.cache.Signals;
import io.gleaner.database.DatabaseException;
import io.gleaner.frontier.Frontier;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.JobSpec;
import io.gleaner.job.JobState;
import io.gleaner.loop.Loop;
import io.gleaner.store.Backlog;
import io.gleaner.store.EarlierSeeds;
import io.gleaner.store.Pages;
import io.gleaner.store.Schedule;
import io.gleaner.store.ScheduleRun;
import io.gleaner.store.ScheduleRun.Outcome;
import io.gleaner.store.Schedules;
import io.gleaner.store.Schedules.Due;
import io.gleaner.store.Schedules.Step;
import io.gleaner.store.SeedSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins what is due, round after round. */
public final class Scheduler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int DUE_MAX = 100;

    /** Times that are named one by one when many were missed; of the others, how many. */
    private static final int NAMED_MAX = 20;

    /** Times that are counted at all. */
    private static final int MISSED_MAX = 100_000;

    private static final String MISSED = "no server ran at that time";

    private final Schedules schedules;
    private final Pages pages;
    private final Backlog backlog;
    private final Signals signals;
    private final MeterRegistry metrics;
    private final InstantSource clock;
    private final Loop loop;

    private Scheduler(Needs needs) {
        this.schedules = needs.schedules();
        this.pages = needs.pages();
        this.backlog = needs.backlog();
        this.signals = needs.signals();
        this.metrics = needs.metrics();
        this.clock = needs.clock();
        this.loop = Loop.every(POLL, "schedules", metrics, this::round);
    }

    /** What it works with. */
    public record Needs(
            Schedules schedules,
            Pages pages,
            Backlog backlog,
            Signals signals,
            MeterRegistry metrics,
            InstantSource clock) {}

    public static Scheduler start(Needs needs) {
        return new Scheduler(needs);
    }

    private void round() {
        try {
            if (backlog.isFull()) {
                return; // What is due stays so.
            }
            for (Due due : schedules.due(clock.instant(), DUE_MAX)) {
                run(due);
            }
        } catch (DatabaseException e) {
            e.warn(LOG, "no schedules this round");
        }
    }

    private void run(Due due) {
        Schedule schedule = due.schedule();
        try {
            advance(due, null);
        } catch (RuntimeException e) {
            if (e instanceof DatabaseException away && !away.isRefusal()) {
                throw away;
            }
            LOG.error("schedule {} cannot begin its job", schedule.id(), e);
            advance(due, e.getClass().getSimpleName());
        }
    }

    /**
     * @param broken why no job can be begun, or null
     */
    private void advance(Due due, @Nullable String broken) {
        Instant now = clock.instant();
        Schedule schedule = due.schedule();
        Missed missed = missed(schedule, now);
        Instant runDue = missed.last();
        List<ScheduleRun> runs = new ArrayList<>(missed.runs(now));
        JobSpec spec = null;
        SeedSource seeds = SeedSource.of(schedule.seeds());
        if (broken != null) {
            runs.add(new ScheduleRun(runDue, now, Outcome.FAILED, null, broken));
        } else if (due.lastState() == JobState.RUNNING) {
            String why = "job %s, of the run before, still runs".formatted(schedule.lastJob());
            runs.add(new ScheduleRun(runDue, now, Outcome.SKIPPED, null, why));
        } else {
            UUID earlier = due.earlier();
            CrawlSpec crawl = schedule.spec().crawl();
            if (schedule.recrawl() && earlier != null && crawl != null) {
                spec = schedule.spec().again(earlier);
                seeds = new EarlierSeeds(pages, earlier, new Frontier(crawl)::candidate);
            } else {
                spec = schedule.spec();
            }
        }
        Instant next = Times.after(schedule.timing(), schedule.dueAt(), now);
        var step = new Step(spec, seeds, runs, runDue, next, Times.later(next, schedule.jitter()));
        schedules
                .advance(due, step, now)
                .ifPresent(
                        job -> {
                            LOG.info("schedule {} has begun job {}", schedule.id(), job);
                            signals.workAdded();
                        });
        for (ScheduleRun run : runs) {
            metrics.counter(
                            "gleaner.schedule.runs",
                            "outcome",
                            run.outcome().name().toLowerCase(Locale.ROOT))
                    .increment();
            LOG.warn(
                    "schedule {} ({}), due at {}: {}, {}",
                    schedule.id(),
                    schedule.name(),
                    run.dueAt(),
                    run.outcome(),
                    run.detail());
        }
    }

    /**
     * Times that nobody kept.
     *
     * @param last the one that a run is begun for now
     * @param before the others, the last ones of them
     * @param count how many there were
     */
    private record Missed(Instant last, List<Instant> before, int count) {
        List<ScheduleRun> runs(Instant now) {
            int unnamed = count - before.size();
            List<ScheduleRun> runs = new ArrayList<>();
            for (Instant due : before) {
                String more =
                        unnamed > 0 && runs.isEmpty()
                                ? MISSED + ", nor at %d times before".formatted(unnamed)
                                : MISSED;
                runs.add(new ScheduleRun(due, now, Outcome.MISSED, null, more));
            }
            return runs;
        }
    }

    private static Missed missed(Schedule schedule, Instant now) {
        List<Instant> before = new ArrayList<>();
        Instant last = schedule.dueAt();
        int count = 0;
        for (Instant next = Times.after(schedule.timing(), last, last);
                !next.isAfter(now) && count < MISSED_MAX;
                next = Times.after(schedule.timing(), schedule.dueAt(), next)) {
            before.add(last);
            if (before.size() > NAMED_MAX) {
                before.removeFirst();
            }
            last = next;
            count++;
        }
        return new Missed(last, before, count);
    }

    @Override
    public void close() {
        loop.close();
    }
}
