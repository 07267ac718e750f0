package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.frontier.Urls;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.FaultCode;
import io.gleaner.job.FetchSpec;
import io.gleaner.job.FieldSpec;
import io.gleaner.job.Format;
import io.gleaner.job.Job;
import io.gleaner.job.JobKind;
import io.gleaner.job.JobSpec;
import io.gleaner.job.JobState;
import io.gleaner.job.Page;
import io.gleaner.postgres.TestDatabase;
import io.gleaner.store.PageFilter;
import io.gleaner.store.SeedSource;
import io.gleaner.store.SubmitOutcome.Accepted;
import io.gleaner.testing.TestSite;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs whose expressions take more than a page may cost end, and leave the threads to others. */
@Timeout(300)
final class HostileExpressionIT {

    private static final String WIDE = "<body>" + "<div>a <i>word</i></div>".repeat(4_000);
    private static final FieldSpec XPATH =
            new FieldSpec(null, "//*[count(//*[count(//*[count(//*)=1])=1])=1]", null, false);
    private static final FieldSpec CSS =
            new FieldSpec("div:has(~ div:has(~ div:has(~ div:has(b))))", null, null, false);

    /** As another version may have stored it: nested more deeply than is accepted now. */
    private static final FieldSpec STORED =
            new FieldSpec(null, "//p[".repeat(20) + "b" + "]".repeat(20), null, false);

    private final String database = TestDatabase.shared().freshUrl();

    @Test
    void theirPagesComeToFaultsAtOnceAndAreNotTriedAgain() {
        try (TestSite site = site();
                Gleaner gleaner = start()) {
            List<Job> hostile =
                    List.of(
                            submit(gleaner, site, XPATH, 4),
                            submit(gleaner, site, CSS, 4),
                            submit(gleaner, site, STORED, 1));
            Job neighbour = submit(gleaner, site, new FieldSpec("i", null, null, false), 1);
            awaitEnd(gleaner, neighbour);
            assertThat(pages(gleaner, neighbour)).allMatch(Page.Content.class::isInstance);
            for (Job job : hostile) {
                awaitEnd(gleaner, job);
                assertThat(pages(gleaner, job)).isNotEmpty().allSatisfy(this::isOverrun);
            }
        }
    }

    @Test
    void afterCancellingAndAfterARestartTheThreadsAreFree() {
        try (TestSite site = site()) {
            Job left;
            try (Gleaner gleaner = start()) {
                Job cancelled = submit(gleaner, site, XPATH, 20);
                left = submit(gleaner, site, CSS, 8);
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> !pages(gleaner, cancelled).isEmpty());
                gleaner.jobs().cancel(cancelled.id());
                Job neighbour = submit(gleaner, site, new FieldSpec("i", null, null, false), 1);
                awaitEnd(gleaner, neighbour);
            }
            try (Gleaner gleaner = start()) {
                awaitEnd(gleaner, left);
                assertThat(pages(gleaner, left)).hasSize(8).allSatisfy(this::isOverrun);
            }
        }
    }

    private void isOverrun(Page page) {
        assertThat(page).isInstanceOf(Page.Fault.class);
        var fault = (Page.Fault) page;
        assertThat(fault.code()).isEqualTo(FaultCode.EXTRACTION_FAILED);
        assertThat(fault.attempts()).isOne();
    }

    private static TestSite site() {
        return TestSite.start().route("/wide", (_, out) -> out.html(WIDE));
    }

    private Gleaner start() {
        return Gleaner.start(
                Settings.defaults()
                        .with(
                                draft -> {
                                    draft.http = false;
                                    draft.databaseUrl = database;
                                    draft.allowPrivateNetworks = true;
                                }));
    }

    private static Job submit(Gleaner gleaner, TestSite site, FieldSpec field, int pages) {
        var content =
                new ContentSpec(
                        EnumSet.of(Format.TEXT), Map.of("f", field), true, List.of(), List.of());
        var spec = new JobSpec(JobKind.URLS, null, content, FetchSpec.standard(), 5);
        var seeds =
                IntStream.range(0, pages)
                        .mapToObj(n -> Urls.candidate(site.url("/wide?" + n).toString(), 0, false))
                        .toList();
        return ((Accepted) gleaner.submissions().submit(spec, SeedSource.of(seeds), null)).job();
    }

    private static void awaitEnd(Gleaner gleaner, Job job) {
        await().atMost(Duration.ofMinutes(2)).until(() -> state(gleaner, job).isFinal());
    }

    private static JobState state(Gleaner gleaner, Job job) {
        return gleaner.jobs().find(job.id()).orElseThrow().state();
    }

    private static List<Page> pages(Gleaner gleaner, Job job) {
        return gleaner.pages().read(job.id(), 0, 100, PageFilter.ALL).stream()
                .map(row -> row.page())
                .toList();
    }
}
