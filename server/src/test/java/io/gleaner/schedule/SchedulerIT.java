package io.gleaner.schedule;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.cache.Signals;
import io.gleaner.frontier.Frontier;
import io.gleaner.job.Candidate;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.FetchSpec;
import io.gleaner.job.Job;
import io.gleaner.job.JobKind;
import io.gleaner.job.JobSpec;
import io.gleaner.job.Tenant;
import io.gleaner.job.Timing;
import io.gleaner.seal.Sealer;
import io.gleaner.store.Schedule;
import io.gleaner.store.ScheduleRun;
import io.gleaner.store.ScheduleRun.Outcome;
import io.gleaner.store.Schedules;
import io.gleaner.store.TestStore;
import io.gleaner.testing.Patience;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is due is begun, once, and what is not is named; on a real database and a clock of ours. */
class SchedulerIT {

    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final InstantSource clock = now::get;
    private final List<Scheduler> schedulers = new ArrayList<>();
    private TestStore store;
    private Schedules schedules;

    @BeforeEach
    void open() {
        store = new TestStore();
        schedules = new Schedules(store.database.maintenance(), Sealer.of(TestStore.SECRET_KEY));
    }

    @AfterEach
    void close() {
        schedulers.forEach(Scheduler::close);
        store.close();
    }

    @Test
    void whatIsDueIsBegunOnceHoweverManyProcessesLook() {
        Schedule hourly = create("hourly");
        for (int i = 0; i < 4; i++) {
            run();
        }
        for (int hour = 1; hour <= 5; hour++) {
            now.set(START.plus(HOUR.multipliedBy(hour)));
            int runs = hour;
            await().atMost(Patience.LONG).until(() -> runs(hourly).size() == runs);
            store.execute("UPDATE job SET state = 'COMPLETED', pending = 0, done = total");
        }
        assertThat(runs(hourly)).extracting(ScheduleRun::outcome).containsOnly(Outcome.STARTED);
        assertThat(store.count("SELECT count(*) FROM job")).isEqualTo(5);
        assertThat(runs(hourly)).extracting(ScheduleRun::job).doesNotHaveDuplicates();
    }

    @Test
    void runIsSkippedAndNamedWhileTheJobBeforeRuns() {
        Schedule hourly = create("hourly");
        run();
        now.set(START.plus(HOUR));
        await().atMost(Patience.LONG).until(() -> runs(hourly).size() == 1);
        UUID first = runs(hourly).getFirst().job();
        now.set(START.plus(HOUR.multipliedBy(2)));
        await().atMost(Patience.LONG).until(() -> runs(hourly).size() == 2);

        ScheduleRun skipped = runs(hourly).getFirst();
        assertThat(skipped.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(skipped.dueAt()).isEqualTo(START.plus(HOUR.multipliedBy(2)));
        assertThat(skipped.detail()).isEqualTo("job %s, of the run before, still runs", first);
        assertThat(store.count("SELECT count(*) FROM job")).isEqualTo(1);
    }

    @Test
    void timesWhenNoServerRanAreNamedAndDoneOnce() {
        Schedule hourly = create("hourly");
        now.set(START.plus(HOUR.multipliedBy(30)));
        run();
        await().atMost(Patience.LONG).until(() -> !runs(hourly).isEmpty());

        List<ScheduleRun> runs = runs(hourly);
        assertThat(runs).hasSize(21);
        assertThat(runs.getFirst().outcome()).isEqualTo(Outcome.STARTED);
        assertThat(runs.getFirst().dueAt()).isEqualTo(START.plus(HOUR.multipliedBy(30)));
        assertThat(runs.subList(1, 21))
                .extracting(ScheduleRun::outcome)
                .containsOnly(Outcome.MISSED);
        assertThat(runs.getLast().detail())
                .isEqualTo("no server ran at that time, nor at 9 times before");
        assertThat(schedules.find(Tenant.MAIN, hourly.id()).orElseThrow().dueAt())
                .isEqualTo(START.plus(HOUR.multipliedBy(31)));
        assertThat(store.count("SELECT count(*) FROM job")).isEqualTo(1);
    }

    @Test
    void eachRunCrawlsAgainWhatTheLastCompletedOneDid() {
        Schedule hourly = create("hourly");
        run();
        Job first = next(hourly, 1);
        assertThat(first.spec().recrawlOf()).isNull();
        store.execute("UPDATE job SET state = 'FAILED', pending = 0, done = total");
        Job second = next(hourly, 2);
        assertThat(second.spec().recrawlOf()).isNull();
        store.execute(
                """
                INSERT INTO page (job_id, seq, url, status, fetched_at, meta)
                SELECT id, 1, 'http://a.example/', 200, now(), '{"depth": 0}'
                FROM job
                WHERE state = 'RUNNING'
                """);
        store.execute(
                "UPDATE job SET state = 'COMPLETED', pending = 0, done = total WHERE state ="
                        + " 'RUNNING'");
        Job third = next(hourly, 3);
        assertThat(third.spec().recrawlOf()).isEqualTo(second.id());
        store.execute("UPDATE job SET state = 'CANCELLED', pending = 0 WHERE state = 'RUNNING'");
        assertThat(next(hourly, 4).spec().recrawlOf()).isEqualTo(second.id());
    }

    @Test
    void pausedScheduleBeginsNothingAndMissesNothing() {
        Schedule hourly = create("hourly");
        schedules.pause(Tenant.MAIN, hourly.id());
        Schedule other = create("other");
        run();
        now.set(START.plus(HOUR.multipliedBy(3)));
        await().atMost(Patience.LONG).until(() -> !runs(other).isEmpty());
        assertThat(runs(hourly)).isEmpty();
        Instant due = START.plus(HOUR.multipliedBy(4));
        schedules.resume(Tenant.MAIN, hourly.id(), due, due);
        now.set(due);
        await().atMost(Patience.LONG).until(() -> !runs(hourly).isEmpty());
        assertThat(runs(hourly)).extracting(ScheduleRun::outcome).containsExactly(Outcome.STARTED);
    }

    @Test
    void schedulesOfATenantHaveDifferentNamesAndAreItsOwn() {
        Schedule mine = create("same");
        assertThat(schedules.create(schedule("same", Tenant.MAIN))).isFalse();
        var stranger = new Tenant(7);
        assertThat(schedules.create(schedule("same", stranger))).isTrue();
        assertThat(schedules.find(stranger, mine.id())).isEmpty();
        assertThat(schedules.pause(stranger, mine.id())).isEmpty();
        assertThat(schedules.delete(stranger, mine.id())).isFalse();
        assertThat(schedules.list(Tenant.MAIN)).extracting(Schedule::id).containsExactly(mine.id());
        assertThat(schedules.delete(Tenant.MAIN, mine.id())).isTrue();
    }

    private Job next(Schedule schedule, int hour) {
        now.set(START.plus(HOUR.multipliedBy(hour)));
        await().atMost(Patience.LONG).until(() -> runs(schedule).size() == hour);
        UUID job = runs(schedule).getFirst().job();
        return store.jobs.find(requireNonNull(job)).orElseThrow();
    }

    private void run() {
        schedulers.add(
                Scheduler.start(
                        new Scheduler.Needs(
                                schedules,
                                store.pages,
                                store.backlog,
                                new Signals(),
                                new SimpleMeterRegistry(),
                                clock)));
    }

    private List<ScheduleRun> runs(Schedule schedule) {
        return schedules.runs(schedule.id(), 100);
    }

    private Schedule create(String name) {
        Schedule schedule = schedule(name, Tenant.MAIN);
        assertThat(schedules.create(schedule)).isTrue();
        return schedule;
    }

    private static Schedule schedule(String name, Tenant tenant) {
        CrawlSpec crawl = CrawlSpec.of(URI.create("http://a.example/"));
        Candidate seed = new Frontier(crawl).seed();
        return new Schedule(
                UUID.randomUUID(),
                tenant,
                name,
                new Timing.Every(HOUR),
                Duration.ZERO,
                true,
                new JobSpec(JobKind.CRAWL, crawl, ContentSpec.standard(), FetchSpec.standard(), 5),
                List.of(seed),
                START.plus(HOUR),
                START.plus(HOUR),
                null,
                null,
                START);
    }
}
