package io.gleaner.perf.bench;

import io.gleaner.perf.load.LoadResult;
import io.gleaner.perf.load.OpenLoop;
import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.MemoryGroup;
import io.gleaner.perf.process.Postgres;
import io.gleaner.perf.process.Service;
import io.gleaner.perf.process.Site;
import io.gleaner.perf.process.Usage;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Spread;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.report.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Garbage collectors in turns: a crawl with status reads beside it, under each of them. */
public final class CollectorBench implements Bench {

    private static final double MIB = 1 << 20;

    private final CollectorSettings settings;

    public CollectorBench(CollectorSettings settings) {
        this.settings = settings;
    }

    /** One collector in one round. */
    private record Block(
            Collector collector,
            int round,
            double pagesPerSecond,
            double cpuMsPerPage,
            double peakMib,
            double residentPeakMib,
            LoadResult reads) {}

    @Override
    public String name() {
        return "memory-gc";
    }

    @Override
    public Findings run(Lab lab) throws IOException, InterruptedException {
        List<Block> blocks = new ArrayList<>();
        try (Site site = lab.site(settings.site());
                Postgres postgres = lab.postgres()) {
            for (int round = 1; round <= settings.rounds(); round++) {
                for (Collector collector : order(round)) {
                    blocks.add(block(lab, site, postgres, collector, round));
                }
            }
        }
        return findings(lab, blocks);
    }

    /** Each round begins with another one, so that drift favours none. */
    private static List<Collector> order(int round) {
        var order = new ArrayList<>(List.of(Collector.values()));
        Collections.rotate(order, round - 1);
        return order;
    }

    private Block block(Lab lab, Site site, Postgres postgres, Collector collector, int round)
            throws IOException, InterruptedException {
        Optional<MemoryGroup> group = MemoryGroup.create(settings.memoryMaxBytes());
        try (Service service =
                lab.service(
                        Optional.of(postgres.fresh("gleaner_bench").url()),
                        List.of("--allow-private-networks"),
                        flags(collector),
                        Map.of(),
                        group)) {
            Block block = measure(service, site, collector, round, group);
            lab.say(
                    "round %d of %d, %s: %.0f pages/s, p99 %.2f ms"
                            .formatted(
                                    round,
                                    settings.rounds(),
                                    collector,
                                    block.pagesPerSecond(),
                                    block.reads().latency().p99Ms()));
            return block;
        } finally {
            group.ifPresent(MemoryGroup::close);
        }
    }

    /** What was trained under one collector does not fit another. */
    private List<String> flags(Collector collector) {
        var flags = new ArrayList<>(collector.flags());
        flags.addAll(List.of("-XX:AOTMode=off", "-Xmx" + settings.heap()));
        return flags;
    }

    private Block measure(
            Service service, Site site, Collector collector, int round, Optional<MemoryGroup> group)
            throws IOException, InterruptedException {
        var api = new Api(service.target());
        String crawl = api.submit(Crawl.body(site, settings.site().pages()));
        var reads = new StatusWorkload(List.of(crawl), false);
        var _ =
                OpenLoop.at(settings.readsPerSecond(), settings.warmUp())
                        .run(service.target(), reads);
        long doneBefore = api.status(crawl).required("done").asLong();
        Usage before = service.usage();
        LoadResult load =
                OpenLoop.at(settings.readsPerSecond(), settings.window())
                        .run(service.target(), reads);
        Usage used = service.usage().since(before);
        var job = api.status(crawl);
        if (!job.required("state").asString().equals("running")) {
            throw new BenchException("the crawl ended too early: give the site more pages");
        }
        long pages = job.required("done").asLong() - doneBefore;
        double resident = used.rssPeakBytes() / MIB;
        return new Block(
                collector,
                round,
                pages / load.seconds(),
                1e3 * used.cpuSeconds() / pages,
                group.map(one -> one.peakBytes() / MIB).orElse(resident),
                resident,
                load);
    }

    private Findings findings(Lab lab, List<Block> blocks) {
        List<List<String>> rows = new ArrayList<>();
        for (Collector collector : Collector.values()) {
            List<Block> own = blocks.stream().filter(b -> b.collector() == collector).toList();
            rows.add(
                    List.of(
                            String.join(" ", collector.flags()),
                            text(own, Block::pagesPerSecond),
                            text(own, Block::cpuMsPerPage),
                            text(own, block -> block.reads().latency().p99Ms()),
                            text(own, block -> block.reads().latency().p999Ms()),
                            text(own, Block::peakMib),
                            text(own, Block::residentPeakMib)));
        }
        return new Findings(
                Shown.settings(lab, settings, Map.of()),
                List.of(
                        new Table(
                                "Collectors, median (least .. most) of the rounds",
                                List.of(
                                        "flags",
                                        "pages/s",
                                        "CPU of the service, ms a page",
                                        "reads p99, ms",
                                        "reads p99.9, ms",
                                        "memory peak, MiB",
                                        "resident peak, MiB"),
                                rows)),
                List.of(
                        Verdict.none(
                                "reads without a right answer",
                                blocks.stream().mapToLong(block -> block.reads().lost()).sum())),
                List.of(
                        "Each block has a new service on an empty database; the order of the"
                                + " collectors moves on by one each round.",
                        "Memory peak: of the service's cgroup, else its VmHWM; PostgreSQL is"
                                + " outside of both.",
                        "All run without an AOT cache, which fits one collector only. Load"
                                + " generator, site, service and database share the machine."),
                blocks);
    }

    private static String text(List<Block> blocks, ToDoubleFunction<Block> value) {
        return Spread.of(blocks, value).text();
    }
}
