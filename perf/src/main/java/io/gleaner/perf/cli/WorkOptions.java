package io.gleaner.perf.cli;

import io.gleaner.perf.bench.QueueWork;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of the worker that does not fetch; what is not given stays as the bench has it. */
final class WorkOptions {

    private static final int PAGE_BYTES = 4 * 1024;

    @Option(names = "--hosts", paramLabel = "N", description = "Hosts of the tasks (10000).")
    private int hosts = 10_000;

    @Option(names = "--jobs", paramLabel = "N", description = "Jobs of the tasks (100).")
    private int jobs = 100;

    @Option(names = "--rounds", paramLabel = "N", description = "Repetitions (3).")
    private int rounds = 3;

    @Option(
            names = "--rate",
            paramLabel = "TASKS/S",
            description = "Leased at even times; 0: as fast as it can.")
    private @Nullable Double rate;

    @Option(names = "--lanes", paramLabel = "N", description = "Threads of the worker.")
    private @Nullable Integer lanes;

    @Option(names = "--lease-hosts", paramLabel = "N", description = "Host queues of a lease.")
    private @Nullable Integer leaseHosts;

    @Option(names = "--lease-tasks", paramLabel = "N", description = "Tasks of each queue.")
    private @Nullable Integer leaseTasks;

    @Option(names = "--batch", paramLabel = "N", description = "Tasks of a settlement (256).")
    private int batch = 256;

    @Option(names = "--page-bytes", paramLabel = "N", description = "Markdown of a page (4096).")
    private int pageBytes = PAGE_BYTES;

    @Option(
            names = "--seconds",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Time that counts (20s).")
    private Duration time = Duration.ofSeconds(20);

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Time before that, at full speed (20s).")
    private Duration warmUp = Duration.ofSeconds(20);

    @Option(
            names = "--window",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "One line in the course of a run (30s).")
    private Duration window = Duration.ofSeconds(30);

    int hosts() {
        return hosts;
    }

    int jobs() {
        return jobs;
    }

    int rounds() {
        return rounds;
    }

    QueueWork work(
            double rateDefault,
            int lanesDefault,
            int hostsDefault,
            int tasksDefault,
            boolean replenish) {
        return new QueueWork(
                rate == null ? rateDefault : rate,
                lanes == null ? lanesDefault : lanes,
                leaseHosts == null ? hostsDefault : leaseHosts,
                leaseTasks == null ? tasksDefault : leaseTasks,
                batch,
                pageBytes,
                replenish,
                warmUp,
                time,
                window);
    }
}
