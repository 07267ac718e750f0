package io.gleaner.cli.operate;

import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import io.gleaner.cli.console.Table;
import io.gleaner.cli.option.ServerAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gleaner cache report}: what the caches of one process have done since it began. */
@Command(
        name = "report",
        sortOptions = false,
        description = {
            "Say what the caches of a running server have done since it began.",
            "",
            "l1 is in the process, l2 in Redis. Of a fleet, each process has its own: name it with"
                    + " --server."
        },
        footer = {"", "Example:", "  gleaner cache report --server http://10.0.0.5:8080"})
public final class CacheReportCommand implements Callable<Integer> {

    private static final Pattern SAMPLE =
            Pattern.compile("(?m)^gleaner_cache_(\\w+)\\{([^}]*)} ([0-9.eE+-]+)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final double KIB = 1024;
    private static final double MS = 1_000;

    @Mixin private final ServerAddress server = new ServerAddress();

    private final Streams streams;
    private final Map<String, String> environment;

    public CacheReportCommand(Streams streams, Map<String, String> environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        String metrics = server.client(environment).get("/metrics");
        streams.out().print(report(metrics));
        return ExitCodes.OK;
    }

    /** What one cache did, by the name of the figure. */
    private static final class Figures {
        private final Map<String, Double> values = new TreeMap<>();

        double of(String name) {
            return values.getOrDefault(name, 0.0);
        }

        String count(String name) {
            return String.format(Locale.ROOT, "%.0f", of(name));
        }
    }

    public static String report(String metrics) {
        Map<String, Figures> caches = new TreeMap<>();
        Matcher sample = SAMPLE.matcher(metrics);
        while (sample.find()) {
            Map<String, String> labels = labels(sample.group(2));
            String cache = labels.get("cache");
            if (cache != null) {
                caches.computeIfAbsent(cache, name -> new Figures())
                        .values
                        .merge(
                                figure(sample.group(1), labels),
                                Double.parseDouble(sample.group(3)),
                                Double::sum);
            }
        }
        if (caches.isEmpty()) {
            return "no caches\n";
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of(
                        "CACHE",
                        "L1 HITS",
                        "L1 NEGATIVE",
                        "L1 STALE",
                        "L1 MISSES",
                        "L1 RATIO",
                        "L2 HITS",
                        "L2 MISSES",
                        "LOADS",
                        "MEAN MS",
                        "COALESCED",
                        "EVICTED",
                        "KIB"));
        caches.forEach((name, figures) -> rows.add(row(name, figures)));
        return Table.of(rows);
    }

    private static List<String> row(String name, Figures figures) {
        double hits = figures.of("l1 hit") + figures.of("l1 negative") + figures.of("l1 stale");
        double all = hits + figures.of("l1 miss");
        double loads = figures.of("loads_seconds_count");
        return List.of(
                name,
                figures.count("l1 hit"),
                figures.count("l1 negative"),
                figures.count("l1 stale"),
                figures.count("l1 miss"),
                all == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * hits / all),
                figures.count("l2 hit"),
                figures.count("l2 miss"),
                String.format(Locale.ROOT, "%.0f", loads),
                loads == 0
                        ? "-"
                        : String.format(
                                Locale.ROOT, "%.2f", figures.of("loads_seconds_sum") / loads * MS),
                figures.count("coalesced_total"),
                figures.count("evictions_total"),
                String.format(Locale.ROOT, "%.0f", figures.of("bytes") / KIB));
    }

    private static String figure(String metric, Map<String, String> labels) {
        return metric.equals("requests_total")
                ? labels.getOrDefault("level", "l1") + " " + labels.getOrDefault("outcome", "")
                : metric;
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text);
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
        }
        return labels;
    }
}
