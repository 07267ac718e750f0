package io.gleaner.perf.cli;

import io.gleaner.perf.slowclients.SlowClientsBench;
import io.gleaner.perf.slowclients.SlowClientsSettings;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gleaner bench slow-clients}. */
@Command(
        name = "slow-clients",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Thousands of connections that are silent, or send half a head, a byte a second or half"
                    + " a body: whether probes are answered meanwhile, when the connections are"
                    + " ended, and whether the API is there afterwards.",
            "",
            "Takes twice as many files as connections: see 'ulimit -n'."
        },
        footer = {
            "",
            "Examples:",
            "  gleaner bench slow-clients",
            "  gleaner bench slow-clients --connections 2000 --addresses 1"
        })
final class SlowClientsCommand implements Callable<Integer> {

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "Connections of each kind (10050).")
    private int connections = 10_050;

    @Option(
            names = "--addresses",
            paramLabel = "N",
            description = "Loopback addresses that they come from (8).")
    private int addresses = 8;

    @Option(
            names = "--held",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long an attack lasts (50s).")
    private Duration held = Duration.ofSeconds(50);

    @Mixin private final LabOptions lab = new LabOptions();

    private final Runner runner;

    SlowClientsCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        var settings = new SlowClientsSettings(connections, addresses, held);
        return runner.run(new SlowClientsBench(settings), lab);
    }
}
