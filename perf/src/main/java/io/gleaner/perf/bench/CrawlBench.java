package io.gleaner.perf.bench;

import io.gleaner.perf.process.Service;
import io.gleaner.perf.process.Site;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Spread;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.report.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Pages a second from the seed to the last stored page, and whether each came exactly once. */
public final class CrawlBench implements Bench {

    private final CrawlSettings settings;

    public CrawlBench(CrawlSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "crawl";
    }

    @Override
    public Findings run(Lab lab) throws IOException, InterruptedException {
        var crawls = new ArrayList<Crawl>();
        List<String> arguments =
                List.of(
                        "--allow-private-networks",
                        "--host-slots",
                        String.valueOf(settings.hostSlots()),
                        "--concurrency",
                        String.valueOf(settings.concurrency()));
        lab.say("start: %d pages on %d hosts".formatted(pages(), settings.site().hosts()));
        var others = new ArrayList<Crawl>();
        try (Site site = lab.site(settings.site());
                Service service = lab.service(arguments, Map.of())) {
            if (settings.compare().isEmpty()) {
                rounds(lab, site, List.of(new Variant("", service, crawls)));
            } else {
                try (Service other = lab.service(arguments, settings.compare())) {
                    rounds(
                            lab,
                            site,
                            List.of(
                                    new Variant("default, ", service, crawls),
                                    new Variant(settings.compare() + ", ", other, others)));
                }
            }
        }
        return findings(lab, arguments, crawls, others);
    }

    /** A service, and where its crawls go. */
    private record Variant(String name, Service service, List<Crawl> crawls) {}

    /** Every other round begins with the other variant, so that drift does not favour one. */
    private void rounds(Lab lab, Site site, List<Variant> variants) throws IOException {
        for (int n = 1; n <= settings.warmUps() + settings.rounds(); n++) {
            boolean counts = n > settings.warmUps();
            for (Variant variant : n % 2 == 1 ? variants : variants.reversed()) {
                Crawl crawl = Crawl.run(variant.service(), site, pages(), settings.longest());
                lab.say(
                        "%s%s: %.0f pages/s"
                                .formatted(
                                        variant.name(),
                                        counts ? "round " + (n - settings.warmUps()) : "warm-up",
                                        crawl.pagesPerSecond()));
                if (counts) {
                    variant.crawls().add(crawl);
                }
            }
        }
    }

    private int pages() {
        return settings.site().pages();
    }

    private Findings findings(
            Lab lab, List<String> arguments, List<Crawl> crawls, List<Crawl> others) {
        long missing = 0;
        long repeated = 0;
        long unstored = 0;
        for (Crawl crawl : crawls) {
            missing += pages() - crawl.site().distinct();
            repeated += crawl.site().repeated();
            unstored += pages() - crawl.done();
        }
        var rate = Spread.of(crawls, Crawl::pagesPerSecond);
        return new Findings(
                Shown.settings(
                        lab,
                        settings,
                        Map.of("arguments of the service", String.join(" ", arguments))),
                tables(crawls, others),
                List.of(
                        Verdict.none("pages never asked for", missing),
                        Verdict.none("pages asked for more than once", repeated),
                        Verdict.none("pages without a stored page or fault", unstored),
                        Verdict.atLeast("pages/s, median", rate, settings.pagesPerSecondMin())),
                List.of(
                        "One service and one database for all crawls; the site's counts are reset"
                                + " before each.",
                        "Time from createdAt to finishedAt of the job: fetched, parsed, Markdown"
                                + " written and committed.",
                        "CPU of PostgreSQL is NaN when it was not started by the service; backends"
                                + " that end meanwhile are missing in it."),
                List.of(crawls, others));
    }

    private List<Table> tables(List<Crawl> crawls, List<Crawl> others) {
        var tables = new ArrayList<Table>();
        tables.add(table("Crawls", crawls));
        if (!others.isEmpty()) {
            tables.add(table("Crawls with " + settings.compare(), others));
            tables.add(
                    new Table(
                            "Default over %s, round by round".formatted(settings.compare()),
                            List.of("", "median (least .. most)"),
                            List.of(
                                    row("pages/s", ratio(crawls, others, Crawl::pagesPerSecond)),
                                    row(
                                            "CPU of the service",
                                            ratio(crawls, others, Crawl::serviceCpuSeconds)))));
        }
        return tables;
    }

    private static Spread ratio(
            List<Crawl> crawls, List<Crawl> others, ToDoubleFunction<Crawl> value) {
        return Spread.of(
                IntStream.range(0, crawls.size())
                        .mapToObj(
                                n ->
                                        value.applyAsDouble(crawls.get(n))
                                                / value.applyAsDouble(others.get(n)))
                        .toList());
    }

    private static Table table(String title, List<Crawl> crawls) {
        return new Table(
                title,
                List.of("", "median (least .. most)"),
                List.of(
                        row("pages/s", Spread.of(crawls, Crawl::pagesPerSecond)),
                        row("seconds", Spread.of(crawls, Crawl::seconds)),
                        row("faults", Spread.of(crawls, Crawl::failed)),
                        row(
                                "requests in flight at the site, most",
                                Spread.of(crawls, c -> c.site().inFlightMax())),
                        row("CPU of the service, s", Spread.of(crawls, Crawl::serviceCpuSeconds)),
                        row(
                                "CPU of its PostgreSQL, s",
                                Spread.of(crawls, Crawl::postgresCpuSeconds)),
                        row("CPU of the site, s", Spread.of(crawls, Crawl::siteCpuSeconds)),
                        row(
                                "resident peak of the service, MiB",
                                Spread.of(crawls, Crawl::servicePeakMib))));
    }

    private static List<String> row(String name, Spread spread) {
        return List.of(name, spread.text());
    }
}
