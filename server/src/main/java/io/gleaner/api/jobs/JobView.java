package io.gleaner.api.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as the API shows it.
 *
 * @param name by which it is found again, as by its tags, or null
 * @param home the page on another host that a crawl's start led to, and which it goes on at; or
 *     null
 * @param pagesPerSecond concluded tasks over the job's time so far, or null before the first
 * @param eta time to the end at that pace, ISO 8601, or null when unknown or ended
 * @param changes what has become of the pages since the crawl that this one does again; null for
 *     any other job, and where only the job's own row is shown
 * @param waiting hosts of this job whose tasks wait, and why; only in the status
 */
public record JobView(
        UUID id,
        String kind,
        String state,
        long total,
        long pending,
        long done,
        long failed,
        long fromCache,
        long rendered,
        int priority,
        @Nullable String name,
        List<String> tags,
        @Nullable String home,
        Instant createdAt,
        @Nullable Instant finishedAt,
        @Nullable Double pagesPerSecond,
        @Nullable String eta,
        @Nullable Changes changes,
        List<Waiting> waiting,
        Links links) {

    /**
     * Why one host's tasks wait.
     *
     * @param backlog how many of this job wait, {@link io.gleaner.store.Jobs#COUNTED_MAX} for any
     *     number from there
     */
    public record Waiting(String host, String reason, @Nullable Instant until, long backlog) {
        public static Waiting of(String host, int tasks, Wait wait) {
            return new Waiting(host, wait.reason(), wait.until(), tasks);
        }
    }

    /**
     * What has become of the pages.
     *
     * @param of the job before
     */
    public record Changes(
            UUID of, @JsonProperty("new") long added, long changed, long same, long gone) {
        static @Nullable Changes of(io.gleaner.job.@Nullable Changes changes) {
            return changes == null
                    ? null
                    : new Changes(
                            changes.of(),
                            changes.added(),
                            changes.changed(),
                            changes.same(),
                            changes.gone());
        }
    }

    /** Where to go from here. */
    public record Links(String self, String pages, String faults, String events) {}

    public static JobView of(Job job, List<Waiting> waiting, Instant now) {
        return of(job, null, waiting, now);
    }

    static JobView of(
            Job job, io.gleaner.job.@Nullable Changes changes, List<Waiting> waiting, Instant now) {
        Double pace = pagesPerSecond(job, now);
        return new JobView(
                job.id(),
                job.spec().kind().name().toLowerCase(Locale.ROOT),
                job.state().name().toLowerCase(Locale.ROOT),
                job.total(),
                job.pending(),
                job.done(),
                job.failed(),
                job.fromCache(),
                job.rendered(),
                job.spec().priority(),
                job.spec().labels().name(),
                job.spec().labels().tags(),
                home(job),
                job.createdAt(),
                job.finishedAt(),
                pace,
                eta(job, pace),
                Changes.of(changes),
                waiting,
                links(job.id()));
    }

    public static String path(UUID id) {
        return "/api/jobs/" + id;
    }

    /** Changes exactly when the state or a counter does; weak, because pace and waits move on. */
    public static String etag(Job job) {
        return "W/\""
                + job.state().name().toLowerCase(Locale.ROOT)
                + "-"
                + job.total()
                + "-"
                + job.pending()
                + "-"
                + job.done()
                + "-"
                + job.failed()
                + "\"";
    }

    private static @Nullable String home(Job job) {
        CrawlSpec crawl = job.spec().crawl();
        return crawl == null || crawl.home() == null ? null : crawl.home().toString();
    }

    private static Links links(UUID id) {
        String self = path(id);
        return new Links(self, self + "/pages", self + "/faults", self + "/events");
    }

    private static @Nullable Double pagesPerSecond(Job job, Instant now) {
        Instant end = job.finishedAt() == null ? now : job.finishedAt();
        long millis = Duration.between(job.createdAt(), end).toMillis();
        if (job.done() == 0 || millis <= 0) {
            return null;
        }
        return Math.round(job.done() * 100_000.0 / millis) / 100.0;
    }

    private static @Nullable String eta(Job job, @Nullable Double pace) {
        if (job.state().isFinal() || pace == null || pace <= 0) {
            return null;
        }
        return Duration.ofMillis(Math.round(job.pending() * 10.0 / pace) * 100).toString();
    }
}
