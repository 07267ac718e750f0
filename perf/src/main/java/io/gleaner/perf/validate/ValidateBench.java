package io.gleaner.perf.validate;

import io.gleaner.perf.bench.Bench;
import io.gleaner.perf.bench.Lab;
import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.MarkdownPage;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.report.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Several benches in a row and one table of what they say about the targets. */
public final class ValidateBench implements Bench {

    private final List<Part> parts;

    public ValidateBench(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * @param targets that the bench is about, by their ids in the requirements
     * @param goals by claim, where the requirements have a must and an aim; what the bench says of
     *     any other claim is a must
     */
    public record Part(String targets, Bench bench, Map<String, Goal> goals) {

        public Part {
            goals = Map.copyOf(goals);
        }

        public Part(String targets, Bench bench) {
            this(targets, bench, Map.of());
        }
    }

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
                Goal goal = part.goals().get(verdict.what());
                Optional<Verdict> must =
                        goal == null ? Optional.of(verdict) : goal.must().map(verdict::against);
                Optional<Verdict> aim =
                        goal == null ? Optional.empty() : goal.aim().map(verdict::against);
                must.ifPresent(verdicts::add);
                rows.add(
                        List.of(
                                part.targets(),
                                name,
                                verdict.what(),
                                verdict.measured(),
                                must.map(Verdict::bound).orElse("-"),
                                must.map(one -> MarkdownPage.bold(one.outcome())).orElse("-"),
                                aim.map(Verdict::bound).orElse("-"),
                                aim.map(ValidateBench::met).orElse("-")));
            }
            requireAll(part, findings);
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
                        List.of("targets", "bench", "claim", "measured", "must", "", "aim", ""),
                        rows));
        return new Findings(
                settings,
                tables,
                verdicts,
                List.of(
                        "Measured with its ends over the rounds is in each bench's own table; raw"
                                + " results are in the JSON beside this page.",
                        "The musts decide. Where no aim is given the must is as strict as the aim"
                                + " of the requirements, or stricter."),
                raw);
    }

    private static String met(Verdict aim) {
        return switch (aim.outcome()) {
            case HOLDS -> "met";
            case FAILS -> "missed";
            case NOT_MEASURABLE -> aim.outcome().text();
        };
    }

    /** A goal about a claim that the bench does not make would never be looked at. */
    private static void requireAll(Part part, Findings findings) {
        var unknown = new TreeSet<>(part.goals().keySet());
        findings.verdicts().forEach(verdict -> unknown.remove(verdict.what()));
        if (!unknown.isEmpty()) {
            throw new BenchException(
                    "bench %s makes no claim named %s".formatted(part.bench().name(), unknown));
        }
    }
}
