package io.gleaner.cli.crawl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.job.ContentSpec;
import io.gleaner.job.FetchSpec;
import io.gleaner.job.Job;
import io.gleaner.job.JobKind;
import io.gleaner.job.JobSpec;
import io.gleaner.job.JobState;
import io.gleaner.job.Tenant;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {

    private Instant now = Instant.EPOCH;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ProgressLines progress =
            new ProgressLines(new PrintStream(err, true, UTF_8), () -> now);

    @Test
    void aLineComesEveryFewSecondsAndSaysHowLongItTakes() {
        progress.show(job(100, 0, 0), "");
        now = now.plus(Duration.ofSeconds(2));
        progress.show(job(60, 40, 1), "");
        now = now.plus(Duration.ofSeconds(3));
        progress.show(job(50, 50, 2), "");
        assertThat(err.toString(UTF_8))
                .isEqualTo(
                        "gleaner: 50 done, 50 pending, 10.0 pages/s, about 5 s left, 2 faults\n");
    }

    @Test
    void aCrawlThatStandsStillSaysWhyAndNamesNoEnd() {
        progress.show(job(50, 50, 0), "");
        now = now.plus(Duration.ofSeconds(6));
        progress.show(job(50, 50, 0), "waiting for a.example: Retry-After 60 s");
        assertThat(err.toString(UTF_8))
                .isEqualTo(
                        "gleaner: 50 done, 50 pending, 0.0 pages/s, 0 faults; waiting for"
                                + " a.example: Retry-After 60 s\n");
    }

    private static Job job(long pending, long done, long failed) {
        var spec = new JobSpec(JobKind.URLS, null, ContentSpec.standard(), FetchSpec.standard(), 5);
        return new Job(
                new UUID(0, 1),
                Tenant.MAIN,
                JobState.RUNNING,
                spec,
                pending + done,
                pending,
                done,
                failed,
                0,
                0,
                Instant.EPOCH,
                null);
    }
}
