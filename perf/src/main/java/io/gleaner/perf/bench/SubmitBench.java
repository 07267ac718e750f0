package io.gleaner.perf.bench;

import io.gleaner.perf.load.ClosedLoop;
import io.gleaner.perf.load.LoadResult;
import io.gleaner.perf.load.OpenLoop;
import io.gleaner.perf.process.Service;
import io.gleaner.perf.process.Site;
import io.gleaner.perf.process.Usage;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Spread;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.report.Verdict;
import io.gleaner.perf.site.SitePlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Durable submissions of one URL: their latency at a given rate, and how many at most. */
public final class SubmitBench implements Bench {

    private static final int HOSTS = 1_000;
    private static final double P99_MS_MAX = 10;
    private static final double SATURATION_MIN = 10_000;
    private static final double RATIO_MIN = 5;
    private static final String DEFAULT = "default";

    private final SubmitSettings settings;

    public SubmitBench(SubmitSettings settings) {
        this.settings = settings;
    }

    /** One variant in one round. */
    private record Block(
            String variant,
            int round,
            Control open,
            LoadResult saturation,
            double serviceCores,
            double serviceRssMib,
            double backlog) {

        double p99Ms() {
            return open.load().latency().p99Ms();
        }
    }

    @Override
    public String name() {
        return "submit";
    }

    @Override
    public Findings run(Lab lab) throws IOException, InterruptedException {
        List<String> arguments = serviceArguments(lab);
        var blocks = new ArrayList<Block>();
        Path disk = lab.folder("disk");
        try (Site bare = lab.site(SitePlan.of(1, 1))) {
            for (int round = 1; round <= settings.rounds(); round++) {
                for (String variant : variants(round)) {
                    blocks.add(block(lab, arguments, bare, disk, variant, round));
                }
            }
        }
        return findings(lab, arguments, blocks);
    }

    /** Every other round begins with the other variant, so that drift does not favour one. */
    private List<String> variants(int round) {
        if (settings.compare().isEmpty()) {
            return List.of(DEFAULT);
        }
        List<String> order = List.of(DEFAULT, settings.compare().toString());
        return round % 2 == 1 ? order : order.reversed();
    }

    private static List<String> serviceArguments(Lab lab) throws InterruptedException {
        var arguments = new ArrayList<>(List.of("--allow-private-networks"));
        if (lab.serviceKnows("--roles")) {
            arguments.addAll(List.of("--roles", "api"));
        } else {
            arguments.addAll(List.of("--crawl-delay-min", "1h", "--crawl-delay-max", "2h"));
        }
        return arguments;
    }

    private Block block(
            Lab lab, List<String> arguments, Site bare, Path disk, String variant, int round)
            throws IOException, InterruptedException {
        lab.say("round %d of %d, %s: start".formatted(round, settings.rounds(), variant));
        Map<String, String> environment = variant.equals(DEFAULT) ? Map.of() : settings.compare();
        try (Service service = lab.service(arguments, environment)) {
            var workload = new SubmitWorkload(HOSTS);
            var next = new AtomicLong();
            lab.say("  warm-up, " + settings.warmUp());
            new ClosedLoop(32, settings.warmUp()).run(service.target(), workload, next);
            lab.say("  open loop, %d/s, %s".formatted(settings.ratePerSecond(), settings.open()));
            Control open =
                    Control.durable(
                            OpenLoop.at(settings.ratePerSecond(), settings.open()),
                            service.target(),
                            workload,
                            bare,
                            disk);
            lab.say("  saturation, " + settings.saturation());
            Usage before = service.usage();
            LoadResult saturation =
                    new ClosedLoop(settings.connections(), settings.saturation())
                            .run(service.target(), workload, next);
            Usage used = service.usage().since(before);
            var block =
                    new Block(
                            variant,
                            round,
                            open,
                            saturation,
                            used.cpuSeconds() / saturation.seconds(),
                            used.rssBytes() / 1048576.0,
                            new Api(service.target())
                                    .metrics()
                                    .getOrDefault("gleaner_backlog", Double.NaN));
            lab.say(
                    "  p99 %.2f ms at %d/s, %.0f/s at saturation"
                            .formatted(
                                    block.p99Ms(),
                                    settings.ratePerSecond(),
                                    saturation.acceptedPerSecond()));
            return block;
        }
    }

    private Findings findings(Lab lab, List<String> arguments, List<Block> blocks) {
        Map<String, List<Block>> byVariant = new LinkedHashMap<>();
        for (Block block : blocks) {
            byVariant.computeIfAbsent(block.variant(), key -> new ArrayList<>()).add(block);
        }
        List<Block> ours = byVariant.getOrDefault(DEFAULT, List.of());
        var verdicts = new ArrayList<Verdict>();
        List<Control> controls = ours.stream().map(Block::open).toList();
        verdicts.add(
                Verdict.below(
                        "p99 at %d/s, ms, median".formatted(settings.ratePerSecond()),
                        Spread.of(ours, Block::p99Ms),
                        P99_MS_MAX,
                        Control.best(controls, lab)));
        verdicts.add(
                Control.verdict(
                        "p99 at %d/s over that of a bare server and a write to the disk meanwhile"
                                .formatted(settings.ratePerSecond()),
                        controls,
                        lab));
        verdicts.addAll(Control.answered("submissions of the open loop", controls, lab));
        verdicts.add(
                Verdict.atLeast(
                        "accepted at saturation, 1/s, median",
                        rate(ours),
                        SATURATION_MIN,
                        Control.mostPerSecond(controls, settings.connections(), lab)));
        List<Block> others = byVariant.get(settings.compare().toString());
        if (others != null) {
            verdicts.add(
                    Verdict.atLeast(
                            "ratio to " + settings.compare(),
                            rate(ours).median() / rate(others).median(),
                            RATIO_MIN));
        }
        Map<String, List<LoadResult>> open = loads(byVariant, block -> block.open().load());
        open.put(Control.NAME, controls.stream().map(Control::bare).toList());
        return new Findings(
                Shown.settings(
                        lab,
                        settings,
                        Map.of("arguments of the service", String.join(" ", arguments))),
                List.of(
                        LoadTables.open("Open loop", open),
                        toDisk(controls),
                        LoadTables.closed(
                                "Saturation, %d connections".formatted(settings.connections()),
                                loads(byVariant, Block::saturation)),
                        service(byVariant)),
                verdicts,
                notes(arguments),
                blocks);
    }

    private static Spread rate(List<Block> blocks) {
        return Spread.of(blocks, block -> block.saturation().acceptedPerSecond());
    }

    private static Map<String, List<LoadResult>> loads(
            Map<String, List<Block>> byVariant,
            java.util.function.Function<Block, LoadResult> part) {
        Map<String, List<LoadResult>> loads = new LinkedHashMap<>();
        byVariant.forEach(
                (variant, blocks) -> loads.put(variant, blocks.stream().map(part).toList()));
        return loads;
    }

    private static Table toDisk(List<Control> controls) {
        return LoadTables.toDisk(
                controls.stream().map(control -> control.toDisk().orElseThrow()).toList());
    }

    private static Table service(Map<String, List<Block>> byVariant) {
        var rows = new ArrayList<List<String>>();
        byVariant.forEach(
                (variant, blocks) ->
                        rows.add(
                                List.of(
                                        variant,
                                        Spread.of(blocks, Block::serviceCores).text(),
                                        Spread.of(blocks, Block::serviceRssMib).text(),
                                        Spread.of(blocks, Block::backlog).text())));
        return new Table(
                "The service at saturation",
                List.of("variant", "cores", "resident, MiB", "gleaner_backlog afterwards"),
                rows);
    }

    private static List<String> notes(List<String> arguments) {
        return List.of(
                "Each submission is answered after its commit (HTTP 202); an answer of any other"
                        + " status is refused, not accepted.",
                "Every block has a new service on a new, empty database, and warms up first.",
                arguments.contains("--roles")
                        ? "The service ran with --roles api: no worker competes."
                        : "This service has no --roles, so its worker runs too: a crawl delay of"
                                + " an hour lets it visit each of the %d hosts once."
                                        .formatted(HOSTS),
                "Load generator, service and database share the machine.");
    }
}
