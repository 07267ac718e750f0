package io.gleaner.perf.bench;

import io.gleaner.perf.process.DatabaseAddress;
import io.gleaner.perf.process.MemoryGroup;
import io.gleaner.perf.process.Postgres;
import io.gleaner.perf.process.Service;
import io.gleaner.perf.process.Site;
import io.gleaner.perf.process.Usage;
import io.gleaner.perf.report.Figures;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Spread;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.report.Verdict;
import io.gleaner.perf.site.SiteStats;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Thousands of slow pages in flight at once in one worker process, and the memory it takes. */
public final class ConcurrencyBench implements Bench {

    private static final double MIB = 1024 * 1024;

    private final ConcurrencySettings settings;

    public ConcurrencyBench(ConcurrencySettings settings) {
        this.settings = settings;
    }

    /** One job of slow pages. */
    private record Crowd(
            double seconds,
            long done,
            long failed,
            SiteStats site,
            String memoryMeasure,
            double memoryPeakMib,
            double residentPeakMib,
            double serviceCpuSeconds) {}

    @Override
    public String name() {
        return "concurrency";
    }

    @Override
    public Findings run(Lab lab) throws IOException, InterruptedException {
        var crowds = new ArrayList<Crowd>();
        try (Postgres postgres = lab.postgres()) {
            for (int round = 1; round <= settings.rounds(); round++) {
                lab.say(
                        "round %d: %d pages of %s to %s"
                                .formatted(
                                        round,
                                        settings.site().pages(),
                                        settings.site().latencyMin(),
                                        settings.site().latencyMax()));
                Crowd crowd = crowd(lab, postgres.fresh("gleaner_bench"));
                lab.say(
                        "  %d in flight at most, %.0f MiB, %d of %d pages, %.0f s"
                                .formatted(
                                        crowd.site().inFlightMax(),
                                        crowd.memoryPeakMib(),
                                        crowd.done() - crowd.failed(),
                                        settings.site().pages(),
                                        crowd.seconds()));
                crowds.add(crowd);
            }
        }
        return findings(lab, crowds);
    }

    private List<String> arguments() {
        return List.of(
                "--allow-private-networks",
                "--concurrency",
                // A little more: some fetches are always between two pages.
                String.valueOf(settings.inFlight() + settings.inFlight() / 10),
                "--host-slots",
                String.valueOf(settings.hostSlots()));
    }

    private Crowd crowd(Lab lab, DatabaseAddress database)
            throws IOException, InterruptedException {
        Optional<MemoryGroup> group = MemoryGroup.create(settings.memoryMaxBytes());
        try (Site site = lab.site(settings.site());
                Service service =
                        lab.service(
                                Optional.of(database.url()),
                                arguments(),
                                List.of("-Xmx" + settings.heap()),
                                Map.of(),
                                group)) {
            var api = new Api(service.target());
            long begin = System.nanoTime();
            JsonNode job = api.awaitEnd(api.submit(body(site)), settings.longest());
            double seconds = (System.nanoTime() - begin) / 1e9;
            Usage usage = service.usage();
            return new Crowd(
                    seconds,
                    job.required("done").asLong(),
                    job.required("failed").asLong(),
                    site.stats(),
                    group.map(g -> "peak of its cgroup (version %s)".formatted(g.version()))
                            .orElse("VmHWM"),
                    group.map(MemoryGroup::peakBytes).orElse(usage.rssPeakBytes()) / MIB,
                    usage.rssPeakBytes() / MIB,
                    usage.cpuSeconds());
        } finally {
            group.ifPresent(MemoryGroup::close);
        }
    }

    private static String body(Site site) {
        return IntStream.range(0, site.plan().pages())
                .mapToObj(n -> "\"" + site.url(n) + "\"")
                .collect(Collectors.joining(",", "{\"urls\":[", "]}"));
    }

    private Findings findings(Lab lab, List<Crowd> crowds) {
        long pages = settings.site().pages();
        var inFlight = Spread.of(crowds, crowd -> crowd.site().inFlightMax());
        var memory = Spread.of(crowds, Crowd::memoryPeakMib);
        String measure = crowds.getFirst().memoryMeasure();
        long lost = crowds.stream().mapToLong(c -> pages - c.done() + c.failed()).sum();
        return new Findings(
                Shown.settings(
                        lab,
                        settings,
                        Map.of("arguments of the service", String.join(" ", arguments()))),
                List.of(
                        new Table(
                                "Jobs of %d slow pages".formatted(pages),
                                List.of("", "median (least .. most)"),
                                List.of(
                                        List.of("in flight at the site, most", inFlight.text()),
                                        List.of(
                                                "memory of the service, MiB: " + measure,
                                                memory.text()),
                                        List.of(
                                                "resident peak (VmHWM), MiB",
                                                Spread.of(crowds, Crowd::residentPeakMib).text()),
                                        List.of(
                                                "seconds",
                                                Spread.of(crowds, Crowd::seconds).text()),
                                        List.of("faults", Spread.of(crowds, Crowd::failed).text()),
                                        List.of(
                                                "CPU of the service, s",
                                                Spread.of(crowds, Crowd::serviceCpuSeconds)
                                                        .text())))),
                List.of(
                        Verdict.atLeast(
                                "fetches in flight at once, counted at the site, least of all"
                                        + " rounds",
                                inFlight.min(),
                                settings.inFlight()),
                        Verdict.below(
                                "memory of the service, MiB, most of all rounds",
                                memory.max(),
                                settings.memoryMaxBytes() / MIB),
                        Verdict.none("pages that failed or are missing", lost),
                        Verdict.none(
                                "robots.txt, asked for more than once for a host",
                                crowds.stream()
                                        .mapToLong(c -> c.site().others() - settings.site().hosts())
                                        .filter(more -> more > 0)
                                        .sum()),
                        Verdict.none(
                                "pages asked for more than once",
                                crowds.stream().mapToLong(c -> c.site().repeated()).sum())),
                List.of(
                        "The service runs API and worker in one process with -Xmx%s, limited to %s;"
                                        .formatted(
                                                settings.heap(),
                                                Figures.mebibytes(settings.memoryMaxBytes()))
                                + " PostgreSQL and the site are outside of that.",
                        "Memory is the " + measure + "."),
                crowds);
    }
}
