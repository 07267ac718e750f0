package io.gleaner.perf.cli;

import io.gleaner.perf.bench.QueueBench;
import io.gleaner.perf.bench.QueueSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gleaner bench queue}. */
@Command(
        name = "queue",
        sortOptions = false,
        abbreviateSynopsis = true,
        description =
                "Tasks a second that one worker process leases and settles with pages of 4 KB when"
                        + " it need not fetch them.")
final class QueueCommand implements Callable<Integer> {

    private static final int LANES = 4;
    private static final int LEASE_HOSTS = 16;
    private static final int LEASE_TASKS = 64;

    @Option(names = "--tasks", paramLabel = "N", description = "Queued before (600000).")
    private long tasks = 600_000;

    @Mixin private final WorkOptions work = new WorkOptions();

    @Mixin private final LabOptions lab = new LabOptions();

    private final Runner runner;

    QueueCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        var settings =
                new QueueSettings(
                        tasks,
                        work.hosts(),
                        work.jobs(),
                        work.rounds(),
                        work.work(0, LANES, LEASE_HOSTS, LEASE_TASKS, false));
        return runner.run(new QueueBench(settings), lab);
    }
}
