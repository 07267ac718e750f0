package io.gleaner.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.api.jobs.JobView;
import io.gleaner.api.jobs.Wait;
import io.gleaner.api.port.HostPoliteness;
import io.gleaner.api.site.HostView;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.FetchSpec;
import io.gleaner.job.Job;
import io.gleaner.job.JobKind;
import io.gleaner.job.JobSpec;
import io.gleaner.job.JobState;
import io.gleaner.job.Tenant;
import io.gleaner.store.HostStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ViewsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:10Z");

    @Test
    void paceAndEtaComeFromTheCounters() {
        JobView view = JobView.of(job(JobState.RUNNING, 10, 3, 7, null), List.of(), NOW);

        assertThat(view.pagesPerSecond()).isEqualTo(0.7);
        assertThat(view.eta()).isEqualTo("PT4.3S");
        assertThat(view.links().pages()).isEqualTo("/api/jobs/" + view.id() + "/pages");
    }

    @Test
    void beforeTheFirstPageThereIsNoPace() {
        JobView view = JobView.of(job(JobState.RUNNING, 10, 10, 0, null), List.of(), NOW);

        assertThat(view.pagesPerSecond()).isNull();
        assertThat(view.eta()).isNull();
    }

    @Test
    void anEndedJobHasAPaceAndNoEta() {
        Instant end = Instant.parse("2026-01-01T00:00:05Z");
        JobView view = JobView.of(job(JobState.COMPLETED, 10, 0, 10, end), List.of(), NOW);

        assertThat(view.pagesPerSecond()).isEqualTo(2.0);
        assertThat(view.eta()).isNull();
    }

    @Test
    void aHostThatBacksOffSaysWhyAndUntilWhen() {
        var host = host(4, null, NOW.plusSeconds(30), "it answered 429");

        assertThat(why(host, null))
                .isEqualTo("It waits until 2026-01-01T00:00:40Z, because it answered 429.");
        assertThat(Wait.of(host, null, NOW))
                .contains(new Wait("it answered 429", NOW.plusSeconds(30)));
    }

    @Test
    void everyStateOfAHostHasItsSentence() {
        Instant past = NOW.minusSeconds(1);

        assertThat(why(host(0, null, null, null), null)).contains("Nothing is queued");
        assertThat(why(host(1, null, NOW.plusSeconds(1), null), null)).contains("crawl delay");
        assertThat(why(host(1, null, past, "old"), null)).contains("no worker was free");
        assertThat(why(host(1, "w", past, "old"), null)).isEqualTo("It is being fetched.");
    }

    @Test
    void aQueueInHandSaysWhatItsWorkerWaitsFor() {
        var host = host(3, "w", null, null);
        var running = new HostPoliteness("ok", NOW, NOW, 2, 1, Duration.ZERO, null, null, false);
        var unread = new HostPoliteness(null, null, null, 2, 0, Duration.ZERO, null, null, false);
        var delayed =
                new HostPoliteness(
                        "ok",
                        NOW,
                        NOW,
                        1,
                        0,
                        Duration.ZERO,
                        NOW.plusMillis(500),
                        "it is slow",
                        false);

        assertThat(why(host, running)).isEqualTo("It is being fetched.");
        assertThat(why(host, unread)).contains("robots.txt has not been read");
        assertThat(why(host, delayed))
                .isEqualTo("It waits until 2026-01-01T00:00:10.500Z, because it is slow.");
        assertThat(why(host, full(2, false))).contains("all of its slots are in use: 2");
        assertThat(why(host, full(3, false))).isEqualTo("It is being fetched.");
        assertThat(why(host, full(3, true))).contains("every fetch that may run at once");
    }

    private static HostPoliteness full(int slots, boolean workerFull) {
        return new HostPoliteness(
                "ok", NOW, NOW, slots, slots, Duration.ZERO, null, null, workerFull);
    }

    private static String why(HostStatus host, @Nullable HostPoliteness politeness) {
        return HostView.of(host, Optional.ofNullable(politeness), NOW).why();
    }

    private static HostStatus host(
            long backlog,
            @Nullable String leasedBy,
            @Nullable Instant notBefore,
            @Nullable String reason) {
        return new HostStatus("a.example", backlog, leasedBy, notBefore, 0, Duration.ZERO, reason);
    }

    private static Job job(
            JobState state, long total, long pending, long done, @Nullable Instant finishedAt) {
        var spec = new JobSpec(JobKind.URLS, null, ContentSpec.standard(), FetchSpec.standard(), 5);
        return new Job(
                UUID.randomUUID(),
                Tenant.MAIN,
                state,
                spec,
                total,
                pending,
                done,
                0,
                0,
                0,
                Instant.parse("2026-01-01T00:00:00Z"),
                finishedAt);
    }
}
