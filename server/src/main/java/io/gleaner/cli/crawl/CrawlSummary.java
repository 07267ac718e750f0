package io.gleaner.cli.crawl;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.gleaner.cli.console.CommandFailure;
import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.StopSignals;
import io.gleaner.cli.folder.CrawlState;
import io.gleaner.cli.folder.Tally;
import io.gleaner.job.Changes;
import io.gleaner.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a crawl came to.
 *
 * @param state the job's state in lower case; {@code interrupted} when it goes on later
 * @param out the folder
 * @param pages pages in the folder, those of earlier runs included
 * @param faults URLs that gave no page
 * @param leftOut URLs whose page was left out on purpose
 * @param pending tasks not yet done
 * @param changes what has become of the pages, for what was crawled again; or null
 * @param faultsByCode the most frequent first
 * @param seconds time this run took
 * @param pagesPerSecond pages and faults of this run by its time
 */
@JsonPropertyOrder({
    "url",
    "job",
    "state",
    "out",
    "pages",
    "faults",
    "leftOut",
    "pending",
    "seconds",
    "pagesPerSecond"
})
record CrawlSummary(
        String url,
        String job,
        String state,
        String out,
        long pages,
        long faults,
        long leftOut,
        long pending,
        double seconds,
        double pagesPerSecond,
        @Nullable Changed changes,
        List<Tally.Kind> faultsByCode) {

    /** How many pages have become what. */
    record Changed(@JsonProperty("new") long added, long changed, long same, long gone) {
        static @Nullable Changed of(@Nullable Changes changes) {
            return changes == null
                    ? null
                    : new Changed(
                            changes.added(), changes.changed(), changes.same(), changes.gone());
        }

        String text() {
            return "%d new, %d changed, %d same, %d gone%n".formatted(added, changed, same, gone);
        }
    }

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String INTERRUPTED = "interrupted";
    private static final String COMPLETED = "completed";
    private static final double MILLIS_PER_SECOND = 1000;

    static CrawlSummary of(
            String url,
            Path out,
            Job job,
            @Nullable Changes changes,
            boolean complete,
            Tally tally,
            Duration took,
            long seqBefore) {
        double seconds = took.toMillis() / MILLIS_PER_SECOND;
        long here = tally.pages() + tally.faults() + tally.leftOut() - seqBefore;
        String state = job.state().name().toLowerCase(Locale.ROOT);
        return new CrawlSummary(
                url,
                job.id().toString(),
                complete ? state : INTERRUPTED,
                out.toString(),
                tally.pages(),
                tally.faults(),
                tally.leftOut(),
                job.pending(),
                seconds,
                seconds <= 0 ? 0 : Math.round(here / seconds * 10) / 10.0,
                Changed.of(changes),
                tally.kinds());
    }

    /** The summary of a folder that an earlier run has finished. */
    static CrawlSummary ofFinished(String url, Path out, CrawlState state, Tally tally) {
        return new CrawlSummary(
                url,
                String.valueOf(state.job()),
                String.valueOf(state.ended()),
                out.toString(),
                tally.pages(),
                tally.faults(),
                tally.leftOut(),
                0,
                0,
                0,
                null,
                tally.kinds());
    }

    /** What the process answers; a crawl that goes on later answers with the signal. */
    int exitCode(StopSignals stop) {
        if (state.equals(INTERRUPTED)) {
            return stop.exitCode();
        }
        if (pages == 0) {
            return ExitCodes.NOTHING_FETCHED;
        }
        return faults == 0 && state.equals(COMPLETED) ? ExitCodes.OK : ExitCodes.SOME_FAULTS;
    }

    /** For people; ends in a newline. */
    String text() {
        String speed =
                seconds <= 0
                        ? ""
                        : String.format(
                                Locale.ROOT, ", %.1f s, %.1f pages/s", seconds, pagesPerSecond);
        String next = state.equals(INTERRUPTED) ? "; the same command goes on" : "";
        String left = leftOut == 0 ? "" : ", %d left out".formatted(leftOut);
        String change = changes == null ? "" : changes.text();
        return "%s: %d pages, %d faults%s%s in %s%s%n%s%s"
                .formatted(
                        state,
                        pages,
                        faults,
                        left,
                        speed,
                        out,
                        next,
                        change,
                        FaultTable.of(faultsByCode));
    }

    void write(@Nullable Path file) {
        if (file == null) {
            return;
        }
        try {
            Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
        } catch (IOException e) {
            throw CommandFailure.output(file, e, "");
        }
    }
}
