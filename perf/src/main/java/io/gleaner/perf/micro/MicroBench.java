package io.gleaner.perf.micro;

import io.gleaner.perf.bench.Bench;
import io.gleaner.perf.bench.Lab;
import io.gleaner.perf.bench.Shown;
import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The pure hot paths, one operation at a time. */
public final class MicroBench implements Bench {

    /** Whatever the time: the confidence interval is over them. */
    private static final int ITERATIONS = 5;

    private final MicroSettings settings;

    public MicroBench(MicroSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "micro";
    }

    @Override
    public Findings run(Lab lab) {
        var results = new ArrayList<MicroResult>();
        for (String benchmark : benchmarks()) {
            lab.say(MicroResult.shortName(benchmark));
            for (MicroResult result : run(benchmark, lab)) {
                lab.say("  " + String.join(" ", result.row().subList(1, result.row().size())));
                results.add(result);
            }
        }
        return new Findings(
                Shown.settings(lab, settings, Map.of()),
                List.of(
                        new Table(
                                "One operation",
                                MicroResult.COLUMNS,
                                results.stream().map(MicroResult::row).toList())),
                List.of(),
                List.of(
                        "JMH: average time of one thread; the error is half the 99.9 % confidence"
                                + " interval over the iterations of all JVMs.",
                        "Every JVM has the flags of the service.",
                        "Allocated bytes are counted by the JVM and hardly vary."),
                results);
    }

    private List<String> benchmarks() {
        var filter = Pattern.compile(settings.filter());
        List<String> names =
                BenchmarkList.defaultList()
                        .getAll(
                                OutputFormatFactory.createFormatInstance(
                                        System.err, VerboseMode.SILENT),
                                List.of())
                        .stream()
                        .map(BenchmarkListEntry::getUsername)
                        .filter(name -> filter.matcher(name).find())
                        .toList();
        if (names.isEmpty()) {
            throw new IllegalArgumentException("no benchmark matches " + settings.filter());
        }
        return names;
    }

    private List<MicroResult> run(String benchmark, Lab lab) {
        try {
            return new Runner(options(benchmark, lab)).run().stream().map(MicroResult::of).toList();
        } catch (RunnerException e) {
            throw new BenchException(benchmark + " could not be measured", e);
        }
    }

    private Options options(String benchmark, Lab lab) {
        TimeValue slice = TimeValue.nanoseconds(settings.time().toNanos() / ITERATIONS);
        return new OptionsBuilder()
                .include("^" + Pattern.quote(benchmark) + "$")
                .forks(settings.forks())
                .jvmArgs(lab.program().withoutAot().javaFlags().toArray(String[]::new))
                .warmupIterations(ITERATIONS)
                .warmupTime(slice)
                .measurementIterations(ITERATIONS)
                .measurementTime(slice)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
    }
}
