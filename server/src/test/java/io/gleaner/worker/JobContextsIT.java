package io.gleaner.worker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.job.Job;
import io.gleaner.store.TestStore;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobContextsIT {

    private static final int HOSTS = 1_000;

    private final TestStore store = new TestStore();
    private final JobContexts contexts =
            new JobContexts(
                    store.jobs, new CancelledJobs(store.jobs), java.time.InstantSource.system());

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void hostsThatMeetANewJobTogetherReadItOnce() throws Exception {
        Job job = store.submit("127.0.0.1", 1);
        Callable<JobContext> meet = () -> requireNonNull(contexts.of(job.id()));
        try (var hosts = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<JobContext>> met =
                    hosts.invokeAll(Stream.generate(() -> meet).limit(HOSTS).toList());
            for (Future<JobContext> context : met) {
                assertThat(context.get().spec()).isEqualTo(job.spec());
            }
        }
        assertThat(reads()).isEqualTo(1);
    }

    @Test
    void aJobThatIsGoneIsLookedForAgain() throws Exception {
        assertThat(contexts.of(new UUID(0, 1))).isNull();
        assertThat(contexts.of(new UUID(0, 1))).isNull();
        assertThat(reads()).isEqualTo(2);
    }

    private long reads() {
        return store.metrics
                .get("gleaner.db.statement")
                .tag("statement", "job-find-with-secrets")
                .timer()
                .count();
    }
}
