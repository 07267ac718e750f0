package io.gleaner.perf.cli;

import io.gleaner.perf.bench.BacklogBench;
import io.gleaner.perf.bench.BacklogSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gleaner bench backlog}. */
@Command(
        name = "backlog",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Whether leasing and settling cost the same at every length of the backlog, and"
                    + " counting",
            "it at any number of host queues (--hosts).",
            "",
            "Times are compared at the same rate of tasks at each size and at the same time, as",
            "those at full speed say how busy the machine was; a table shows full speed, too. With",
            "--churn a long run at full speed follows that has one transaction pinned open at its",
            "beginning, and after it the times are taken once more."
        },
        footer = {
            "",
            "Examples:",
            "  gleaner bench backlog --sizes 10000,1000000",
            "  gleaner bench backlog --sizes 10000000 --hosts 10000000",
            "  gleaner bench backlog --churn 30m --pin 5m"
        })
final class BacklogCommand implements Callable<Integer> {

    private static final double RATE = 300;
    private static final int LANES = 2;
    private static final int LEASE_HOSTS = 16;
    private static final int LEASE_TASKS = 1;

    @Option(
            names = "--sizes",
            paramLabel = "N,N",
            split = ",",
            description = "Queued tasks (10000,1000000,10000000).")
    private List<Long> sizes = List.of(10_000L, 1_000_000L, 10_000_000L);

    @Option(
            names = "--churn",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Time of the long run (0s: none).")
    private Duration churn = Duration.ZERO;

    @Option(names = "--churn-size", paramLabel = "N", description = "Its size (1000000).")
    private long churnSize = 1_000_000;

    @Option(
            names = "--pin",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long the transaction stays open (5m).")
    private Duration pin = Duration.ofMinutes(5);

    @Mixin private final WorkOptions work = new WorkOptions();

    @Mixin private final LabOptions lab = new LabOptions();

    private final Runner runner;

    BacklogCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        var settings =
                new BacklogSettings(
                        sizes,
                        work.hosts(),
                        work.jobs(),
                        work.rounds(),
                        work.work(RATE, LANES, LEASE_HOSTS, LEASE_TASKS, true),
                        churn,
                        churnSize,
                        pin);
        return runner.run(new BacklogBench(settings), lab);
    }
}
