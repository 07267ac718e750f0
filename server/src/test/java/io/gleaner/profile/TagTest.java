package io.gleaner.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagTest {

    /** The calls of a stack in any order, as {@code class.method}. */
    private static String tag(String... calls) {
        return Arrays.stream(calls)
                .map(
                        call -> {
                            int dot = call.lastIndexOf('.');
                            return Tag.of(call.substring(0, dot), call.substring(dot + 1));
                        })
                .reduce(Tag.JVM, Tag::or)
                .name();
    }

    @ParameterizedTest
    @CsvSource({
        "io.gleaner.extract.MarkdownWriter.write, step extract",
        "io.gleaner.fetch.Hop.run, step fetch",
        "io.gleaner.politeness.HostPace.tryEnter, step politeness",
        "io.gleaner.politeness.Robots.check, step robots",
        "io.gleaner.worker.RobotsOverFetch.load, step robots",
        "io.gleaner.frontier.Frontier.expand, step frontier",
        "io.gleaner.store.Settlement.settle, step settle",
        "io.gleaner.store.HostQueues.lease, step lease",
        "io.gleaner.store.GroupCommit.run, step submit",
        "io.gleaner.store.Sweep.jobs, step maintenance",
        "io.gleaner.cache.TwoLevelCache.get, step cache",
        "io.lettuce.core.RedisClient.connect, step redis",
        "io.gleaner.database.Transactions.run, step database",
        "io.gleaner.worker.TaskRunner$$Lambda/0x00007f0001.run, step worker",
        "io.helidon.webserver.http1.Http1Connection.handle, step http",
        "io.gleaner.api.submit.SubmitHandler.handle, endpoint POST /api/jobs",
        "io.gleaner.api.jobs.JobsHandler.status, endpoint GET /api/jobs/{id}",
        "jdk.jfr.internal.PlatformRecorder.run, step telemetry",
        "java.util.concurrent.ForkJoinPool.scan, jvm",
        "com.example.Stranger.act, other"
    })
    void everyStepIsKnownByItsClasses(String call, String tag) {
        assertThat(tag("java.lang.Thread.run", call)).isEqualTo(tag);
    }

    @Test
    void whatIsDoneForAnEndpointIsNotAStep() {
        assertThat(
                        tag(
                                "org.postgresql.jdbc.PgStatement.execute",
                                "io.gleaner.database.Transactions.run",
                                "io.gleaner.store.Jobs.find",
                                "io.gleaner.api.jobs.JobsHandler.status",
                                "io.helidon.webserver.http.Filters.filter"))
                .isEqualTo("endpoint GET /api/jobs/{id}");
    }

    @Test
    void aStepCountsForWhatItCalls() {
        assertThat(
                        tag(
                                "io.gleaner.database.Transactions.run",
                                "io.gleaner.store.Settlement.settle",
                                "io.gleaner.worker.Worker.settle"))
                .isEqualTo("step settle");
        assertThat(
                        tag(
                                "io.gleaner.fetch.Fetcher.fetch",
                                "io.gleaner.worker.RobotsOverFetch.load",
                                "io.gleaner.politeness.Robots.check"))
                .isEqualTo("step robots");
    }
}
