package io.gleaner.cli.crawl;

import io.gleaner.job.Job;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A line every few seconds, for logs and pipes. */
final class ProgressLines implements Progress {

    private static final Duration EVERY = Duration.ofSeconds(5);

    private final PrintStream err;
    private final InstantSource clock;
    private final Rate rate;
    private @Nullable Instant next;

    ProgressLines(PrintStream err) {
        this(err, InstantSource.system());
    }

    ProgressLines(PrintStream err, InstantSource clock) {
        this.err = err;
        this.clock = clock;
        this.rate = new Rate(clock);
    }

    @Override
    public void show(Job job, String waiting) {
        rate.note(job.done());
        Instant now = clock.instant();
        boolean due = next != null && !now.isBefore(next);
        if (next == null || due) {
            next = now.plus(EVERY);
        }
        if (due) {
            print(job, waiting);
        }
    }

    private void print(Job job, String waiting) {
        String eta =
                rate.eta(job.pending())
                        .map(left -> ", about %s left".formatted(text(left)))
                        .orElse("");
        err.printf(
                Locale.ROOT,
                "gleaner: %d done, %d pending, %.1f pages/s%s, %d faults%s%n",
                job.done(),
                job.pending(),
                rate.perSecond(),
                eta,
                job.failed(),
                waiting.isEmpty() ? "" : "; " + waiting);
    }

    private static String text(Duration left) {
        return left.toHours() > 0
                ? "%d h %d min".formatted(left.toHours(), left.toMinutesPart())
                : left.toMinutes() > 0
                        ? "%d min %d s".formatted(left.toMinutes(), left.toSecondsPart())
                        : left.toSeconds() + " s";
    }

    @Override
    public void close() {}
}
