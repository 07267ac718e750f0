package io.gleaner.perf.slowclients;

import io.gleaner.perf.bench.Bench;
import io.gleaner.perf.bench.Lab;
import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.Service;
import io.gleaner.perf.report.Figures;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.report.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Thousands of clients that do not send what they began: who is answered meanwhile, and after. */
public final class SlowClientsBench implements Bench {

    private static final double P99_MS_MAX = 1_000;
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final SlowClientsSettings settings;

    public SlowClientsBench(SlowClientsSettings settings) {
        this.settings = settings;
    }

    /**
     * @param heldAtMost connections open at once, as they were counted each second
     * @param endedAfter seconds until the server had ended all; NaN when it had not
     */
    private record Run(
            Attack.Kind kind,
            int heldAtMost,
            int refused,
            int heldAtLast,
            double endedAfter,
            Asking.Answers probes,
            Asking.Answers api,
            Asking.Answers afterwards) {}

    @Override
    public String name() {
        return "slow-clients";
    }

    @Override
    public Findings run(Lab lab) throws InterruptedException {
        int probes = freePort();
        var runs = new ArrayList<Run>();
        try (Service service =
                lab.service(List.of("--health-port", Integer.toString(probes)), Map.of())) {
            for (Attack.Kind kind : Attack.Kind.values()) {
                lab.say("%,d connections, %s".formatted(settings.connections(), text(kind)));
                runs.add(attack(kind, service.url().getPort(), probes));
            }
        }
        return findings(runs);
    }

    private Run attack(Attack.Kind kind, int port, int probePort) throws InterruptedException {
        Asking probes = Asking.begin(probePort);
        Asking api = Asking.begin(port);
        int most = 0;
        int last;
        int refused;
        double ended = Double.NaN;
        try (var attack = new Attack()) {
            long began = System.nanoTime();
            attack.connect(port, kind, settings.connections(), settings.addresses());
            last = attack.held();
            while (System.nanoTime() - began < settings.held().toNanos()) {
                most = Math.max(most, last);
                Thread.sleep(ROUND);
                if (kind.drips()) {
                    attack.drip();
                }
                last = attack.held();
                if (last == 0 && Double.isNaN(ended)) {
                    ended = (System.nanoTime() - began) / 1e9;
                }
            }
            refused = attack.refused();
        }
        Asking.Answers during = probes.end();
        Asking.Answers apiDuring = api.end();
        Asking after = Asking.begin(port);
        Thread.sleep(ROUND.multipliedBy(3));
        return new Run(kind, most, refused, last, ended, during, apiDuring, after.end());
    }

    private Findings findings(List<Run> runs) {
        var rows = new ArrayList<List<String>>();
        var verdicts = new ArrayList<Verdict>();
        for (Run run : runs) {
            rows.add(
                    List.of(
                            text(run.kind()),
                            Integer.toString(run.heldAtMost()),
                            Integer.toString(run.refused()),
                            Figures.number(run.endedAfter()),
                            "%d, p99 %s ms, none %d"
                                    .formatted(
                                            run.probes().millis().size(),
                                            Figures.number(run.probes().p99()),
                                            run.probes().unanswered()),
                            "%d, p99 %s ms, none %d"
                                    .formatted(
                                            run.api().millis().size(),
                                            Figures.number(run.api().p99()),
                                            run.api().unanswered())));
            String kind = text(run.kind()) + ": ";
            verdicts.add(
                    Verdict.none(kind + "probes without an answer", run.probes().unanswered()));
            verdicts.add(Verdict.below(kind + "p99 of probes, ms", run.probes().p99(), P99_MS_MAX));
            verdicts.add(Verdict.none(kind + "connections held at the end", run.heldAtLast()));
            verdicts.add(
                    Verdict.none(
                            kind + "the API afterwards, without an answer",
                            run.afterwards().unanswered()));
        }
        return new Findings(
                shown(),
                List.of(
                        new Table(
                                "Attacks",
                                List.of(
                                        "kind",
                                        "held at most",
                                        "told why not",
                                        "all ended after s",
                                        "health port",
                                        "API port meanwhile"),
                                rows)),
                List.copyOf(verdicts),
                List.of(
                        "Probes are asked on a new connection each, ten times a second. The API's"
                                + " own port may refuse while the attackers hold all connections;"
                                + " that is why probes have another."),
                runs);
    }

    private Map<String, String> shown() {
        var shown = new LinkedHashMap<String, String>();
        shown.put("connections", Integer.toString(settings.connections()));
        shown.put("addresses", Integer.toString(settings.addresses()));
        shown.put("held", settings.held().toString());
        return shown;
    }

    private static String text(Attack.Kind kind) {
        return kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new BenchException("there is no free port", e);
        }
    }
}
