package io.gleaner.perf.regression;

import io.gleaner.perf.bench.Bench;
import io.gleaner.perf.bench.Lab;
import io.gleaner.perf.bench.Shown;
import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.Build;
import io.gleaner.perf.process.DatabaseAddress;
import io.gleaner.perf.process.Postgres;
import io.gleaner.perf.process.ServerProgram;
import io.gleaner.perf.process.Service;
import io.gleaner.perf.process.Site;
import io.gleaner.perf.regression.Judgement.Figure;
import io.gleaner.perf.report.Figures;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Pairs;
import io.gleaner.perf.report.Spread;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.report.Verdict;
import io.gleaner.perf.site.SitePlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Two builds, and one of them twice, measured in turn on one machine. */
public final class CompareBench implements Bench {

    private static final String BASE = "base";
    private static final String AGAIN = "base again";
    static final String CANDIDATE = "candidate";
    private static final int SITE_PAGES = 5_000;
    private static final int HOSTS = 20;
    private static final int SETTLES_WARM = 150;
    private static final int SETTLES_EACH = 15;
    private static final List<String> TIMED =
            List.of(
                    Subject.SCRAPES,
                    Subject.SCRAPE_TIME,
                    Subject.SETTLE,
                    Subject.READS,
                    Subject.CRAWL,
                    Subject.SUBMISSIONS);
    private static final Set<String> MORE_IS_BETTER =
            Set.of(Subject.SCRAPES, Subject.READS, Subject.CRAWL, Subject.SUBMISSIONS);
    private static final double TIMED_EFFECT_MIN = 0.03;
    private static final double COUNTED_EFFECT_MIN = 0.02;

    private final CompareSettings settings;

    public CompareBench(CompareSettings settings) {
        this.settings = settings;
    }

    /** Every figure by name, one value for each block. */
    record Measured(Map<String, List<Double>> figures) {

        Measured() {
            this(new LinkedHashMap<>());
        }

        void add(Map<String, Double> block) {
            block.forEach(
                    (name, value) ->
                            figures.computeIfAbsent(name, key -> new ArrayList<>()).add(value));
        }

        List<Double> of(String name) {
            return figures.getOrDefault(name, List.of());
        }
    }

    @Override
    public String name() {
        return "compare";
    }

    @Override
    public Findings run(Lab lab) throws IOException, InterruptedException {
        ServerProgram own = lab.program().withoutAot();
        String baseCommit = Build.commit(settings.base());
        lab.say("build %s".formatted(baseCommit));
        ServerProgram base = own.withJar(Build.jar(baseCommit));
        ServerProgram candidate = own;
        String candidateCommit = "the sources here";
        if (!settings.candidate().isEmpty()) {
            candidateCommit = Build.commit(settings.candidate());
            lab.say("build %s".formatted(candidateCommit));
            candidate = own.withJar(Build.jar(candidateCommit));
        }
        return compare(lab, base, candidate, Map.of(BASE, baseCommit, CANDIDATE, candidateCommit));
    }

    /** Measures what runs already. */
    Findings compare(
            Lab lab, Subject base, Subject again, Subject candidate, Map<String, String> commits)
            throws IOException {
        return findings(lab, measure(lab, base, again, candidate), commits);
    }

    private Map<String, Measured> measure(Lab lab, Subject base, Subject again, Subject candidate)
            throws IOException {
        Map<String, Subject> subjects = new LinkedHashMap<>();
        subjects.put(BASE, base);
        subjects.put(AGAIN, again);
        subjects.put(CANDIDATE, candidate);
        return measure(lab, subjects);
    }

    private Findings compare(
            Lab lab, ServerProgram base, ServerProgram candidate, Map<String, String> commits)
            throws IOException, InterruptedException {
        lab.say("start of three services");
        try (Postgres postgres = lab.postgres();
                Site site = lab.site(SitePlan.of(SITE_PAGES, HOSTS))) {
            DatabaseAddress first = postgres.fresh("gleaner_bench_base");
            DatabaseAddress second = postgres.fresh("gleaner_bench_again");
            DatabaseAddress third = postgres.fresh("gleaner_bench_candidate");
            Map<String, Measured> measured;
            try (Service one = service(lab, base, first);
                    Service again = service(lab, base, second);
                    Service other = service(lab, candidate, third)) {
                measured =
                        measure(
                                lab,
                                new Subject(one.target(), first, site),
                                new Subject(again.target(), second, site),
                                new Subject(other.target(), third, site));
            }
            settle(lab, postgres, base, candidate, measured);
            submit(lab, postgres, base, candidate, measured);
            return findings(lab, measured, commits);
        }
    }

    private void settle(
            Lab lab,
            Postgres postgres,
            ServerProgram base,
            ServerProgram candidate,
            Map<String, Measured> measured) {
        lab.say("settlements alone, in turn");
        // One database for all: with one each, the same build differed from itself by 37 %, for
        // autovacuum comes to a database when it comes, and plans follow it.
        DatabaseAddress database = postgres.fresh("gleaner_bench_settle");
        try (Settles one = Settles.of(base, database);
                Settles again = Settles.of(base, database);
                Settles other = Settles.of(candidate, database)) {
            Map<String, Settles> builds = Map.of(BASE, one, AGAIN, again, CANDIDATE, other);
            var random = new Random(settings.seed());
            settle(builds, SETTLES_WARM, random);
            for (int pair = 0; pair < settings.pairs(); pair++) {
                settle(builds, SETTLES_EACH, random)
                        .forEach(
                                (build, median) ->
                                        measured.computeIfAbsent(build, name -> new Measured())
                                                .add(Map.of(Subject.SETTLE, median)));
            }
        } catch (BenchException e) {
            lab.say(e.getMessage() + ": left out");
        }
    }

    private void submit(
            Lab lab,
            Postgres postgres,
            ServerProgram base,
            ServerProgram candidate,
            Map<String, Measured> measured)
            throws IOException, InterruptedException {
        lab.say("submissions alone, in turn");
        DatabaseAddress database = postgres.fresh("gleaner_bench_submit");
        List<String> arguments = List.of("--allow-private-networks", "--roles", "api");
        // The base first: it may not know a database that the candidate has migrated already.
        try (Service one = lab.service(base, database, arguments);
                Service again = lab.service(base, database, arguments);
                Service other = lab.service(candidate, database, arguments)) {
            var order =
                    new ArrayList<>(Map.of(BASE, one, AGAIN, again, CANDIDATE, other).entrySet());
            var random = new Random(settings.seed());
            var next = new AtomicLong();
            for (Map.Entry<String, Service> build : order) {
                Subject.submissions(build.getValue(), settings.warmUp(), next);
            }
            for (int pair = 0; pair < settings.pairs(); pair++) {
                Collections.shuffle(order, random);
                for (Map.Entry<String, Service> build : order) {
                    double rate = Subject.submissions(build.getValue(), settings.slice(), next);
                    measured.computeIfAbsent(build.getKey(), name -> new Measured())
                            .add(Map.of(Subject.SUBMISSIONS, rate));
                }
            }
        }
    }

    /** The median of each build. */
    private static Map<String, Double> settle(
            Map<String, Settles> builds, int each, Random random) {
        Map<String, List<Double>> times = new TreeMap<>();
        var order = new ArrayList<>(builds.entrySet());
        for (int i = 0; i < each; i++) {
            Collections.shuffle(order, random);
            for (Map.Entry<String, Settles> build : order) {
                times.computeIfAbsent(build.getKey(), name -> new ArrayList<>())
                        .add(build.getValue().next());
            }
        }
        Map<String, Double> medians = new TreeMap<>();
        times.forEach((build, all) -> medians.put(build, Spread.of(all).median()));
        return medians;
    }

    private static Service service(Lab lab, ServerProgram program, DatabaseAddress database)
            throws InterruptedException {
        return lab.service(
                program,
                database,
                List.of(
                        "--allow-private-networks",
                        "--crawl-delay-min",
                        "0s",
                        "--host-slots",
                        "8"));
    }

    private Map<String, Measured> measure(Lab lab, Map<String, Subject> subjects)
            throws IOException {
        for (Map.Entry<String, Subject> subject : subjects.entrySet()) {
            lab.say("warm-up, " + subject.getKey());
            Map<String, Double> unused = new HashMap<>();
            subject.getValue().scrape(settings.warmUp(), unused);
            subject.getValue().read(settings.warmUp(), unused);
            subject.getValue().crawl(settings.crawlPages(), unused);
        }
        Map<String, Measured> measured = new TreeMap<>();
        var order = new ArrayList<>(subjects.entrySet());
        var random = new Random(settings.seed());
        for (int pair = 1; pair <= settings.pairs(); pair++) {
            Collections.shuffle(order, random);
            for (Map.Entry<String, Subject> subject : order) {
                measured.computeIfAbsent(subject.getKey(), name -> new Measured())
                        .add(subject.getValue().measure(settings));
            }
            lab.say("block %d of %d".formatted(pair, settings.pairs()));
        }
        return measured;
    }

    private Findings findings(
            Lab lab, Map<String, Measured> measured, Map<String, String> commits) {
        Measured base = measured.getOrDefault(BASE, new Measured());
        List<String> counted =
                base.figures().keySet().stream().filter(name -> !TIMED.contains(name)).toList();
        Judgement timed = judgement(TIMED, TIMED_EFFECT_MIN, measured);
        Judgement counts = judgement(counted, COUNTED_EFFECT_MIN, measured);
        var verdicts = new ArrayList<>(verdicts(timed));
        verdicts.addAll(verdicts(counts));
        return new Findings(
                Shown.settings(lab, settings, commits),
                List.of(
                        table("Timed", timed, measured),
                        table("Counted", counts, measured),
                        new Table(
                                "The rule: false alarms over all figures of a kind, of 1,000"
                                        + " trials",
                                List.of("timed", "counted"),
                                List.of(
                                        List.of(
                                                Figures.percent(timed.falseAlarms()),
                                                Figures.percent(counts.falseAlarms()))))),
                verdicts,
                List.of(
                        "All three services run at once on one PostgreSQL; one is loaded at a time,"
                                + " in an order that is drawn anew for each block.",
                        "Interval: percentile bootstrap of the median ratio over blocks. p: signs"
                                + " of the log ratios thrown anew, both sides, corrected after Holm"
                                + " within a table. Least effect: what the base shows against"
                                + " itself, at least %s of what is timed and %s of what is counted."
                                        .formatted(
                                                Figures.percent(TIMED_EFFECT_MIN),
                                                Figures.percent(COUNTED_EFFECT_MIN)),
                        "False alarms: pairs of base against itself drawn with replacement, signs"
                                + " thrown, judged by the same rule. A figure that one of the"
                                + " builds does not tell is left out."),
                measured);
    }

    private static Judgement judgement(
            List<String> names, double effectMin, Map<String, Measured> measured) {
        Measured base = measured.getOrDefault(BASE, new Measured());
        Measured again = measured.getOrDefault(AGAIN, new Measured());
        Measured candidate = measured.getOrDefault(CANDIDATE, new Measured());
        return new Judgement(
                names.stream()
                        .map(
                                name ->
                                        new Figure(
                                                name,
                                                MORE_IS_BETTER.contains(name),
                                                Pairs.of(base.of(name), candidate.of(name)),
                                                Pairs.of(base.of(name), again.of(name))))
                        .filter(figure -> figure.change().count() > 0 && figure.same().count() > 0)
                        .toList(),
                effectMin);
    }

    private static List<Verdict> verdicts(Judgement judgement) {
        double[] pValues = judgement.pValues();
        var verdicts = new ArrayList<Verdict>();
        for (int i = 0; i < pValues.length; i++) {
            Figure figure = judgement.figures().get(i);
            verdicts.add(
                    new Verdict(
                            figure.name() + ", candidate over base",
                            figure.change().text(),
                            "not worse by %s, p < 0.05"
                                    .formatted(Figures.percent(judgement.leastEffect(figure))),
                            !judgement.worse(i, pValues[i])));
        }
        return verdicts;
    }

    private Table table(String title, Judgement judgement, Map<String, Measured> measured) {
        Measured base = measured.getOrDefault(BASE, new Measured());
        Measured candidate = measured.getOrDefault(CANDIDATE, new Measured());
        double[] pValues = judgement.pValues();
        var rows = new ArrayList<List<String>>();
        for (int i = 0; i < pValues.length; i++) {
            Figure figure = judgement.figures().get(i);
            rows.add(
                    List.of(
                            figure.name(),
                            Spread.of(base.of(figure.name())).text(),
                            Spread.of(candidate.of(figure.name())).text(),
                            figure.change().text(),
                            Figures.number(pValues[i]),
                            figure.same().text(),
                            Figures.percent(judgement.leastEffect(figure))));
        }
        return new Table(
                "%s: candidate over base in %d blocks".formatted(title, settings.pairs()),
                List.of(
                        "",
                        BASE,
                        CANDIDATE,
                        "ratio, 95 % interval",
                        "p after Holm",
                        "base over itself, 95 % interval",
                        "least effect"),
                rows);
    }
}
