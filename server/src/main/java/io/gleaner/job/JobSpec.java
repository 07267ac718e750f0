package io.gleaner.job;

import io.gleaner.job.manners.Manners;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a submission asks for, without its URLs: those are tasks from the start.
 *
 * @param kind what the submission is made of
 * @param crawl how the job grows; given exactly when the kind is {@link JobKind#CRAWL}
 * @param content what to make of each page
 * @param fetch how to ask for each page
 * @param priority 1 (first) to 9 (last)
 * @param webhook who is told of it, or null
 * @param recrawlOf the job that it does again, to tell what has changed since; or null
 * @param labels by what it is found again
 */
public record JobSpec(
        JobKind kind,
        @Nullable CrawlSpec crawl,
        ContentSpec content,
        FetchSpec fetch,
        int priority,
        @Nullable WebhookSpec webhook,
        Labels labels,
        @Nullable UUID recrawlOf) {

    public static final int PRIORITY_DEFAULT = 5;

    public JobSpec {
        if ((kind == JobKind.CRAWL) != (crawl != null)) {
            throw new IllegalArgumentException("crawl is given exactly for a crawl job");
        }
        if (priority < 1 || priority > 9) {
            throw new IllegalArgumentException("priority must be 1 to 9: " + priority);
        }
        // A job that was stored before there were labels has none.
        labels = Objects.requireNonNullElse(labels, Labels.NONE);
    }

    /** Without labels, and nothing done again. */
    public JobSpec(
            JobKind kind,
            @Nullable CrawlSpec crawl,
            ContentSpec content,
            FetchSpec fetch,
            int priority,
            @Nullable WebhookSpec webhook) {
        this(kind, crawl, content, fetch, priority, webhook, Labels.NONE, null);
    }

    /** Nobody is told of it. */
    public JobSpec(
            JobKind kind,
            @Nullable CrawlSpec crawl,
            ContentSpec content,
            FetchSpec fetch,
            int priority) {
        this(kind, crawl, content, fetch, priority, null);
    }

    /** The same work, of which another is told. */
    public JobSpec withWebhook(@Nullable WebhookSpec other) {
        return new JobSpec(kind, crawl, content, fetch, priority, other, labels, recrawlOf);
    }

    /** The same work under other labels. */
    public JobSpec labelled(Labels others) {
        return new JobSpec(kind, crawl, content, fetch, priority, webhook, others, recrawlOf);
    }

    /** The same work, asked for with these headers. */
    public JobSpec withHeaders(Map<String, String> headers) {
        return withFetch(fetch.withHeaders(headers));
    }

    /** The same work, with these texts to write on pages. */
    public JobSpec withTexts(List<String> texts) {
        return withFetch(fetch.withRender(fetch.render().withTexts(texts)));
    }

    /** The same work, done again. */
    public JobSpec again(UUID earlier) {
        return new JobSpec(kind, crawl, content, fetch, priority, webhook, labels, earlier);
    }

    /** The same work at another priority. */
    public JobSpec withPriority(int other) {
        return new JobSpec(kind, crawl, content, fetch, other, webhook, labels, recrawlOf);
    }

    /** The same work, asked for like this. */
    public JobSpec withManners(Manners manners) {
        return withFetch(fetch.withManners(manners));
    }

    private JobSpec withFetch(FetchSpec other) {
        return new JobSpec(kind, crawl, content, other, priority, webhook, labels, recrawlOf);
    }
}
