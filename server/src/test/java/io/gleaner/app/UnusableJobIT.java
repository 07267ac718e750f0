package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.frontier.Urls;
import io.gleaner.job.Candidate;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.FaultCode;
import io.gleaner.job.FetchSpec;
import io.gleaner.job.Job;
import io.gleaner.job.JobKind;
import io.gleaner.job.JobSpec;
import io.gleaner.job.JobState;
import io.gleaner.job.Page;
import io.gleaner.job.SitemapMode;
import io.gleaner.postgres.TestDatabase;
import io.gleaner.store.PageFilter;
import io.gleaner.store.SeedSource;
import io.gleaner.store.SubmitConfig;
import io.gleaner.store.SubmitOutcome.Accepted;
import io.gleaner.store.TestStore;
import io.gleaner.testing.TestSite;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job that got past the checks, as one of another version may, and cannot be run. */
final class UnusableJobIT {

    @Test
    void aJobThatCannotBeRunComesToFaultsAndHoldsUpNoOther() {
        var settings =
                Settings.defaults()
                        .with(
                                draft -> {
                                    draft.http = false;
                                    draft.databaseUrl = TestDatabase.shared().freshUrl();
                                    draft.allowPrivateNetworks = true;
                                });
        try (TestSite site = TestSite.start();
                Gleaner gleaner = Gleaner.start(settings)) {
            Job unusable = submit(gleaner, crawl(site.url("/index.html"), "("));
            Job usable = submit(gleaner, crawl(site.url("/index.html"), "index"));

            await().until(() -> ended(gleaner, usable));
            await().until(() -> ended(gleaner, unusable));
            assertThat(gleaner.jobs().find(usable.id()).orElseThrow().state())
                    .isEqualTo(JobState.COMPLETED);
            assertThat(gleaner.pages().read(unusable.id(), 0, 10, PageFilter.ALL))
                    .singleElement()
                    .extracting(row -> ((Page.Fault) row.page()).code())
                    .isEqualTo(FaultCode.INTERNAL_ERROR);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "7",
                "\"crawl\"",
                "{\"kind\": \"NEWER\"}",
                "{\"kind\": \"URLS\", \"content\": 7, \"fetch\": null}"
            })
    void aJobThatCannotBeReadComesToFaultsAndHoldsUpNoOther(String spec) {
        var access = TestDatabase.shared().fresh();
        try (TestSite site = TestSite.start();
                var store = new TestStore(SubmitConfig.standard(), access)) {
            Job unreadable = store.submit(seeds(site, 3));
            store.execute("UPDATE job SET spec = '%s'".formatted(spec));
            Job readable = store.submit(seeds(site, 3));
            var settings =
                    Settings.defaults()
                            .with(
                                    draft -> {
                                        draft.http = false;
                                        draft.databaseUrl = access.urlWithUser();
                                        draft.allowPrivateNetworks = true;
                                    });
            try (Gleaner gleaner = Gleaner.start(settings)) {
                await().atMost(Duration.ofMinutes(2)).until(() -> ended(gleaner, readable));
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> store.count("SELECT count(*) FROM task") == 0);
                assertThat(gleaner.pages().read(unreadable.id(), 0, 10, PageFilter.ALL))
                        .hasSize(3)
                        .extracting(row -> ((Page.Fault) row.page()).code())
                        .containsOnly(FaultCode.INTERNAL_ERROR);
                store.requireTruth();
            }
        }
    }

    private static List<Candidate> seeds(TestSite site, int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> Urls.candidate(site.url("/graph/9/" + i).toString(), 0, false))
                .toList();
    }

    private static boolean ended(Gleaner gleaner, Job job) {
        return gleaner.jobs().find(job.id()).orElseThrow().state().isFinal();
    }

    private static Job submit(Gleaner gleaner, CrawlSpec crawl) {
        var spec =
                new JobSpec(JobKind.CRAWL, crawl, ContentSpec.standard(), FetchSpec.standard(), 5);
        var seeds = List.of(Urls.candidate(crawl.url().toString(), 0, false));
        return ((Accepted) gleaner.submissions().submit(spec, SeedSource.of(seeds), null)).job();
    }

    private static CrawlSpec crawl(URI seed, String include) {
        return new CrawlSpec(
                seed, 10, 1, List.of(include), List.of(), SitemapMode.SKIP, false, false, false);
    }
}
