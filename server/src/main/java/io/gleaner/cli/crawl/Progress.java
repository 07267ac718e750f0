package io.gleaner.cli.crawl;

import io.gleaner.cli.console.Streams;
import io.gleaner.job.Job;

/** Shows a person how far a crawl is. */
sealed interface Progress extends AutoCloseable
        permits ProgressLines, ProgressOnTerminal, Progress.Silent {

    /**
     * Shows where the job stands.
     *
     * @param waiting why nothing moves, one clause, empty when something does
     */
    void show(Job job, String waiting);

    @Override
    void close();

    /** A bar for a terminal, a line now and then for a log, nothing if quiet. */
    static Progress of(Streams streams, boolean quiet) {
        if (quiet) {
            return new Silent();
        }
        return streams.terminal() ? new ProgressOnTerminal() : new ProgressLines(streams.err());
    }

    /** Says nothing. */
    record Silent() implements Progress {
        @Override
        public void show(Job job, String waiting) {}

        @Override
        public void close() {}
    }
}
