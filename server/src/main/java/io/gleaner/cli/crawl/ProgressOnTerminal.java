package io.gleaner.cli.crawl;

import io.gleaner.job.Job;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar that redraws itself on stderr: done of known, speed, time left, pending, faults. */
final class ProgressOnTerminal implements Progress {

    private static final int REDRAW_MILLIS = 250;

    private @Nullable ProgressBar bar;

    @Override
    public void show(Job job, String waiting) {
        if (bar == null) {
            bar = start(job);
        }
        bar.maxHint(job.total());
        bar.stepTo(job.done());
        bar.setExtraMessage(
                " %d pending, %d faults%s"
                        .formatted(
                                job.pending(),
                                job.failed(),
                                waiting.isEmpty() ? "" : "; " + oneLine(waiting)));
    }

    /** The bar writes to the terminal by itself. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}|[\\x80-\\x9f]", "\ufffd");
    }

    // A resumed crawl starts where it stood, or its speed would count what an earlier run fetched.
    private static ProgressBar start(Job job) {
        return new ProgressBarBuilder()
                .setTaskName("pages")
                .setInitialMax(job.total())
                .startsFrom(job.done(), Duration.ZERO)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
                .continuousUpdate()
                .build();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
