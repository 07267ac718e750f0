package io.gleaner.cli.crawl;

import io.gleaner.app.Gleaner;
import io.gleaner.app.Settings;
import io.gleaner.cli.console.CommandFailure;
import io.gleaner.cli.folder.CrawlRequest;
import io.gleaner.cli.option.FieldNames;
import io.gleaner.export.ExportFormat;
import io.gleaner.job.Candidate;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.FetchSpec;
import io.gleaner.job.Job;
import io.gleaner.job.JobKind;
import io.gleaner.job.JobSpec;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What {@code gleaner crawl} was told to do.
 *
 * @param folder where the pages go
 * @param exports what to write of all pages besides
 * @param recrawl crawl again what the folder holds, and tell what has changed
 * @param restart forget what an earlier crawl wrote there
 */
record CrawlOrder(
        CrawlSpec crawl,
        ContentSpec content,
        FetchSpec fetch,
        Path folder,
        List<ExportFormat> exports,
        boolean recrawl,
        boolean restart,
        Settings settings) {

    Map<String, String> request() {
        return CrawlRequest.of(spec(crawl.url()), crawl);
    }

    /** The first page, once everything in the order is checked: before anything is started. */
    Candidate seed() {
        try {
            return Gleaner.check(crawl.url().toString(), crawl, content, fetch, settings);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(FieldNames.asFlags(String.valueOf(e.getMessage())));
        }
    }

    /** The job once more that was done before: its URLs, as this command asks for them. */
    JobSpec again(Job before) {
        return new JobSpec(
                        JobKind.CRAWL,
                        before.spec().crawl(),
                        content,
                        fetch,
                        JobSpec.PRIORITY_DEFAULT)
                .again(before.id());
    }

    /** The job, starting at the seed as the service writes it. */
    JobSpec spec(URI seed) {
        return new JobSpec(JobKind.CRAWL, crawl.at(seed), content, fetch, JobSpec.PRIORITY_DEFAULT);
    }
}
