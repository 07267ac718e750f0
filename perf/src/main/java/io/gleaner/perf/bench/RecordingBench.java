package io.gleaner.perf.bench;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.gleaner.perf.process.AgentJar;
import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.Service;
import io.gleaner.perf.process.Site;
import io.gleaner.perf.report.Bound;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Pairs;
import io.gleaner.perf.report.Spread;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.report.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What the recording that is always on costs. It is switched on and off in one and the same warm
 * service, crawl by crawl: two services differ by more than that, since their compilers do.
 */
public final class RecordingBench implements Bench {

    private static final double PERCENT = 100;
    private static final double COST_PERCENT_MAX = 2;

    private final RecordingSettings settings;

    public RecordingBench(RecordingSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "recording";
    }

    @Override
    public Findings run(Lab lab) throws IOException, InterruptedException {
        Path agent = AgentJar.write(RecordingAgent.class, lab.folder("agent"));
        List<String> arguments =
                List.of(
                        "--allow-private-networks",
                        "--host-slots",
                        String.valueOf(settings.hostSlots()),
                        "--concurrency",
                        String.valueOf(settings.concurrency()));
        var with = new ArrayList<Crawl>();
        var without = new ArrayList<Crawl>();
        lab.say("start");
        try (Site site = lab.site(settings.site());
                Service service = lab.service(arguments, Map.of("GLEANER_JFR", "false"))) {
            for (int n = -settings.warmUps(); n < settings.pairs(); n++) {
                boolean onFirst = Math.floorMod(n, 2) == 0;
                Crawl first = crawl(service, site, agent, onFirst);
                Crawl second = crawl(service, site, agent, !onFirst);
                if (n >= 0) {
                    with.add(onFirst ? first : second);
                    without.add(onFirst ? second : first);
                    lab.say(
                            "pair %d: CPU %.2f s with, %.2f s without"
                                    .formatted(
                                            n + 1,
                                            with.getLast().serviceCpuSeconds(),
                                            without.getLast().serviceCpuSeconds()));
                }
            }
        }
        return findings(lab, arguments, with, without);
    }

    private Crawl crawl(Service service, Site site, Path agent, boolean on) throws IOException {
        turn(service, agent, on ? RecordingAgent.ON : RecordingAgent.OFF);
        return Crawl.run(service, site, settings.site().pages(), settings.longest());
    }

    private static void turn(Service service, Path agent, String how) throws IOException {
        try {
            VirtualMachine jvm = VirtualMachine.attach(String.valueOf(service.pid()));
            try {
                jvm.loadAgent(agent.toString(), how);
            } finally {
                jvm.detach();
            }
        } catch (AttachNotSupportedException
                | AgentLoadException
                | AgentInitializationException e) {
            throw new BenchException("the recording cannot be switched " + how, e);
        }
    }

    private Findings findings(
            Lab lab, List<String> arguments, List<Crawl> with, List<Crawl> without) {
        Pairs cpu = pairs(with, without, Crawl::serviceCpuSeconds);
        long missing =
                Stream.concat(with.stream(), without.stream())
                        .mapToLong(crawl -> settings.site().pages() - crawl.done())
                        .sum();
        return new Findings(
                Shown.settings(
                        lab,
                        settings,
                        Map.of("arguments of the service", String.join(" ", arguments))),
                List.of(
                        new Table(
                                "%,d pages a crawl".formatted(settings.site().pages()),
                                List.of(
                                        "median (least .. most)",
                                        "with",
                                        "without",
                                        "with over without, 95 % interval"),
                                List.of(
                                        row(
                                                "CPU of the service, s",
                                                with,
                                                without,
                                                Crawl::serviceCpuSeconds),
                                        row("pages/s", with, without, Crawl::pagesPerSecond)))),
                List.of(
                        Verdict.of(
                                "CPU that the recording costs, %, and the 95 % interval, all of it",
                                cost(cpu),
                                PERCENT * (cpu.meanInterval()[1] - 1),
                                Bound.below(COST_PERCENT_MAX)),
                        Verdict.none("pages without a stored page or fault", missing)),
                List.of(
                        "One service, warm. Before each crawl the recording of the product is"
                                + " switched on or off in it; every other pair begins with the"
                                + " other. The upper end of the interval of the geometric mean"
                                + " of the pairs decides; the table has medians.",
                        "Intervals: percentile bootstrap over pairs."),
                List.of(with, without));
    }

    private static Pairs pairs(
            List<Crawl> with, List<Crawl> without, ToDoubleFunction<Crawl> value) {
        return Pairs.of(
                without.stream().map(value::applyAsDouble).toList(),
                with.stream().map(value::applyAsDouble).toList());
    }

    private static String cost(Pairs pairs) {
        double[] interval = pairs.meanInterval();
        return String.format(
                Locale.ROOT,
                "%.2f (%.2f .. %.2f)",
                PERCENT * (pairs.mean() - 1),
                PERCENT * (interval[0] - 1),
                PERCENT * (interval[1] - 1));
    }

    private static List<String> row(
            String name, List<Crawl> with, List<Crawl> without, ToDoubleFunction<Crawl> value) {
        return List.of(
                name,
                Spread.of(with, value).text(),
                Spread.of(without, value).text(),
                pairs(with, without, value).text());
    }
}
