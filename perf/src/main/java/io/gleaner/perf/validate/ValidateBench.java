package io.gleaner.perf.validate;

import io.gleaner.perf.bench.Bench;
import io.gleaner.perf.bench.Lab;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.report.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Several benches in a row and one table of what they say about the targets. */
public final class ValidateBench implements Bench {

    private final List<Part> parts;

    public ValidateBench(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * @param targets that the bench is about, by their ids in the requirements
     */
    public record Part(String targets, Bench bench) {}

    @Override
    public String name() {
        return "validate";
    }

    @Override
    public Findings run(Lab lab) throws IOException, InterruptedException {
        var rows = new ArrayList<List<String>>();
        var tables = new ArrayList<Table>();
        var verdicts = new ArrayList<Verdict>();
        Map<String, String> settings = new LinkedHashMap<>();
        Map<String, Object> raw = new LinkedHashMap<>();
        for (Part part : parts) {
            String name = part.bench().name();
            lab.say("%s: bench %s".formatted(part.targets(), name));
            Findings findings = part.bench().run(lab);
            for (Verdict verdict : findings.verdicts()) {
                rows.add(
                        List.of(
                                part.targets(),
                                name,
                                verdict.what(),
                                verdict.measured(),
                                verdict.bound(),
                                verdict.holds() ? "holds" : "**does not hold**"));
            }
            verdicts.addAll(findings.verdicts());
            findings.tables()
                    .forEach(
                            table ->
                                    tables.add(
                                            new Table(
                                                    "%s: %s".formatted(name, table.title()),
                                                    table.columns(),
                                                    table.rows())));
            findings.settings().forEach((key, value) -> settings.put(name + ": " + key, value));
            raw.put(name, findings.raw());
        }
        tables.addFirst(
                new Table(
                        "Targets",
                        List.of("targets", "bench", "claim", "measured", "bound", ""),
                        rows));
        return new Findings(
                settings,
                tables,
                verdicts,
                List.of(
                        "Measured with its ends over the rounds is in each bench's own table; raw"
                                + " results are in the JSON beside this page.",
                        "T9 (auto-scaling): 'autoscale drill' draws it; T10 (against Scrapy on the"
                                + " same site) is perf/compare/compare, which needs Scrapy."),
                raw);
    }
}
