package io.gleaner.perf.bench;

import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.MemoryGroup;
import io.gleaner.perf.process.NativeMemory;
import io.gleaner.perf.process.Postgres;
import io.gleaner.perf.process.Service;
import io.gleaner.perf.process.Site;
import io.gleaner.perf.process.Usage;
import io.gleaner.perf.report.Figures;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.report.Verdict;
import io.gleaner.profile.ClassHistogram;
import io.gleaner.profile.HeapGrowth;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the service keeps after equal cycles of crawl, submissions and reads. */
public final class MemoryBench implements Bench {

    private static final int GROWERS = 12;
    private static final int WARM_UP_SHARE = 4;

    /** Small enough to be full from the first cycles on. */
    private static final Map<String, String> ENVIRONMENT =
            Map.of("GLEANER_STATUS_CACHE_BYTES", "1000000");

    private static final List<String> ARGUMENTS = List.of("--allow-private-networks");

    private final MemorySettings settings;

    public MemoryBench(MemorySettings settings) {
        if (settings.cycles() - warmUps(settings) < HeapGrowth.SAMPLES_MIN) {
            throw new BenchException("growth needs 20 cycles or more");
        }
        this.settings = settings;
    }

    /** The service after one cycle, all in bytes. */
    private record Cycle(long live, long resident, long committed, Optional<Long> groupPeak) {}

    @Override
    public String name() {
        return "memory";
    }

    private static int warmUps(MemorySettings settings) {
        return settings.cycles() / WARM_UP_SHARE;
    }

    @Override
    public Findings run(Lab lab) throws IOException, InterruptedException {
        List<Cycle> cycles = new ArrayList<>();
        List<String> growers;
        Optional<MemoryGroup> group = MemoryGroup.create(settings.memoryMaxBytes());
        try (Site site = lab.site(settings.site());
                Postgres postgres = lab.postgres();
                Service service =
                        lab.service(
                                Optional.of(postgres.fresh("gleaner_bench").url()),
                                ARGUMENTS,
                                List.of(NativeMemory.FLAG),
                                ENVIRONMENT,
                                group)) {
            ClassHistogram first = ClassHistogram.of(service.pid());
            ClassHistogram last = first;
            for (int n = 1; n <= settings.cycles(); n++) {
                work(new Api(service.target()), site);
                last = ClassHistogram.of(service.pid());
                if (n == warmUps(settings)) {
                    first = last;
                }
                cycles.add(cycle(service, last, group));
                lab.say(
                        "cycle %d of %d: %s live"
                                .formatted(
                                        n,
                                        settings.cycles(),
                                        Figures.mebibytes(cycles.getLast().live())));
            }
            growers = last.growersSince(first, GROWERS);
        } finally {
            group.ifPresent(MemoryGroup::close);
        }
        return findings(lab, cycles, growers);
    }

    /** A crawl and single pages, each job read to its end. */
    private void work(Api api, Site site) throws IOException {
        int pages = settings.site().pages();
        List<String> jobs = new ArrayList<>();
        jobs.add(api.submit(Crawl.body(site, pages)));
        for (int n = 0; n < settings.submissions(); n++) {
            jobs.add(api.submit("{\"urls\":[\"%s\"]}".formatted(site.url(n % pages))));
        }
        for (String job : jobs) {
            long done = api.awaitEnd(job, settings.longest()).required("done").asLong();
            for (long cursor = 0; cursor < done; ) {
                cursor = api.pages(job, cursor).required("next").asLong(done);
            }
        }
    }

    private static Cycle cycle(Service service, ClassHistogram live, Optional<MemoryGroup> group)
            throws InterruptedException {
        Usage usage = service.usage();
        return new Cycle(
                live.liveBytes(),
                usage.rssBytes(),
                NativeMemory.committedBytes(service.pid()),
                group.map(MemoryGroup::peakBytes));
    }

    private Findings findings(Lab lab, List<Cycle> cycles, List<String> growers) {
        HeapGrowth growth =
                HeapGrowth.of(cycles.stream().skip(warmUps(settings)).map(Cycle::live).toList());
        return new Findings(
                Shown.settings(
                        lab,
                        settings,
                        Map.of("environment of the service", ENVIRONMENT.toString())),
                List.of(
                        new Table(
                                "After each cycle",
                                List.of("cycle", "live heap", "resident", "committed", "cgroup"),
                                rows(cycles)),
                        new Table(
                                "Classes that grew since cycle %d".formatted(warmUps(settings)),
                                List.of("bytes and class"),
                                growers.stream().map(List::of).toList())),
                List.of(
                        Verdict.atMost(
                                "growth of the live heap, KiB",
                                growth.growthBytes() / 1024.0,
                                growth.boundBytes() / 1024.0)),
                List.of(
                        "Live heap: bytes of all objects right after a full collection.",
                        "Growth: median of the last third of the cycles that count less that of"
                                + " the first; the bound is three times the median step from one"
                                + " cycle to the next, and at least %d KiB."
                                        .formatted(HeapGrowth.FLOOR_BYTES >> 10),
                        "Committed: heap and native, by the JVM's own tracking. cgroup: the peak"
                                + " so far, page cache included; empty where none could be made."),
                cycles);
    }

    private static List<List<String>> rows(List<Cycle> cycles) {
        List<List<String>> rows = new ArrayList<>();
        for (Cycle cycle : cycles) {
            rows.add(
                    List.of(
                            String.valueOf(rows.size() + 1),
                            Figures.mebibytes(cycle.live()),
                            Figures.mebibytes(cycle.resident()),
                            Figures.mebibytes(cycle.committed()),
                            cycle.groupPeak().map(Figures::mebibytes).orElse("")));
        }
        return rows;
    }
}
