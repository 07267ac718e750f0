package io.gleaner.api.submit;

import io.gleaner.api.port.UrlRules;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.Job;
import io.gleaner.job.JobRef;
import io.gleaner.job.Tenant;
import io.gleaner.store.EarlierSeeds;
import io.gleaner.store.Jobs;
import io.gleaner.store.Pages;
import io.gleaner.store.SeedSource;
import java.util.UUID;

/** The crawls of one tenant, as they are stored. */
public final class StoredCrawls implements EarlierCrawls {

    private static final String FIELD = "recrawl.of";

    private final Jobs jobs;
    private final Pages pages;
    private final UrlRules rules;
    private final Tenant tenant;

    public StoredCrawls(Jobs jobs, Pages pages, UrlRules rules, Tenant tenant) {
        this.jobs = jobs;
        this.pages = pages;
        this.rules = rules;
        this.tenant = tenant;
    }

    @Override
    public Job find(UUID id) {
        Job job =
                jobs.find(new JobRef(tenant, id))
                        .orElseThrow(
                                () ->
                                        Problem.of(
                                                        ProblemCode.UNKNOWN_JOB,
                                                        "no job has the id " + id)
                                                .with("field", FIELD)
                                                .with("value", id)
                                                .raise());
        if (job.spec().crawl() == null) {
            throw BodyReader.refuse(
                    FIELD, id.toString(), "the id of a crawl; this is a job of listed URLs");
        }
        if (!job.state().isFinal()) {
            throw Problem.of(
                            ProblemCode.JOB_RUNNING,
                            "job %s still runs; crawl it again when it has ended".formatted(id))
                    .with("field", FIELD)
                    .raise();
        }
        return job;
    }

    @Override
    public SeedSource urls(UUID id, CrawlSpec crawl) {
        return new EarlierSeeds(pages, id, rules.crawlUrls(crawl));
    }
}
