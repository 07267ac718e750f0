package io.gleaner.perf.validate;

import io.gleaner.perf.bench.Bench;
import io.gleaner.perf.bench.Lab;
import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.Command;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Spread;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.report.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pages a second beside Scrapy and Crawlee, as {@code perf/compare/compare} measures it: the same
 * site, one run, the crawlers in turn.
 */
public final class CrawlersBench implements Bench {

    static final List<String> PEERS = List.of("Scrapy", "Crawlee");

    private static final String OURS = "Gleaner, warm service";
    private static final int WARM_UPS = 20;
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final int FAILED = 2;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final int rounds;

    public CrawlersBench(int rounds) {
        this.rounds = rounds;
    }

    @Override
    public String name() {
        return "crawlers";
    }

    /** What a verdict about a peer is called. */
    static String claim(String peer) {
        return "pages/s over those of %s, round by round".formatted(peer);
    }

    @Override
    public Findings run(Lab lab) throws IOException, InterruptedException {
        Path folder = lab.folder("crawlers");
        Path json = folder.resolve("compare.json");
        List<String> command =
                List.of(
                        Path.of("perf", "compare", "compare").toString(),
                        "--only",
                        "scrapy,crawlee,service",
                        "--rounds",
                        String.valueOf(rounds),
                        "--warmups",
                        String.valueOf(WARM_UPS),
                        "--report",
                        folder.resolve("compare.md").toString(),
                        "--json",
                        json.toString());
        Command.Result result = Command.run(command, Path.of("."), LONGEST);
        if (result.status() >= FAILED || !Files.exists(json)) {
            throw new BenchException(
                    "T10 was not measured (--without-peers leaves it out)",
                    Command.failed(command, result.output()));
        }
        return findings(String.join(" ", command), JSON.readTree(json.toFile()));
    }

    /**
     * @param told by {@code compare --json}: {@code rates}, pages/s of each run by crawler, and
     *     {@code differences}, a line each
     */
    static Findings findings(String command, JsonNode told) {
        List<Double> ours = rates(told, OURS);
        var rows = new ArrayList<List<String>>();
        rows.add(List.of(OURS, Spread.of(ours).text()));
        var verdicts = new ArrayList<Verdict>();
        for (String peer : PEERS) {
            List<Double> theirs = rates(told, peer);
            rows.add(List.of(peer, Spread.of(theirs).text()));
            var ratio =
                    Spread.of(
                            IntStream.range(0, ours.size())
                                    .mapToObj(n -> ours.get(n) / theirs.get(n))
                                    .toList());
            verdicts.add(Verdict.atLeast(claim(peer), ratio, 1));
        }
        verdicts.add(
                Verdict.none(
                        "pages that not all crawlers found", told.required("differences").size()));
        return new Findings(
                Map.of("command", command),
                List.of(
                        new Table(
                                "Pages/s on the same site",
                                List.of("", "median (least .. most)"),
                                rows)),
                verdicts,
                List.of(),
                told);
    }

    private static List<Double> rates(JsonNode told, String crawler) {
        return told.required("rates")
                .required(crawler)
                .valueStream()
                .map(JsonNode::doubleValue)
                .toList();
    }
}
