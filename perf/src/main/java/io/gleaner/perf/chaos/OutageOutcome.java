package io.gleaner.perf.chaos;

import io.gleaner.perf.chaos.OutageLoad.Event;
import io.gleaner.perf.chaos.OutageSettings.Mode;
import io.gleaner.perf.chaos.PoolWatch.Sample;
import io.gleaner.perf.report.Figures;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.report.Verdict;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What came of one outage.
 *
 * @param awaySeconds from the blow until PostgreSQL accepted connections again
 * @param noticedSeconds from the blow until the metrics said that it is away; -1 if they never did
 * @param resumedSeconds from its return until the first submission was accepted; -1 if none was
 * @param longestSeconds of any request of the run that was refused
 * @param firstP99Seconds of refusals of those sent before the service had noticed
 * @param refusedP99Seconds of refusals of those sent after that, and before its return
 * @param refused requests sent while it was away and answered 503
 * @param refusedAfterwards requests sent after its return and answered 503
 * @param acceptedMeanwhile requests sent while it was known to be away, and answered rightly
 * @param unanswered requests without an answer, or never sent
 * @param odd answers that are neither right nor 503
 * @param sentAgain submissions that were refused and sent again afterwards
 * @param alive whether the service is the process that it was
 */
record OutageOutcome(
        Mode mode,
        double awaySeconds,
        double noticedSeconds,
        double resumedSeconds,
        double longestSeconds,
        double firstP99Seconds,
        double refusedP99Seconds,
        long refused,
        long refusedAfterwards,
        long acceptedMeanwhile,
        long unanswered,
        long odd,
        int jobs,
        int sentAgain,
        boolean alive,
        String crawlState,
        long crawlPages,
        long crawlPagesWanted,
        Audit.Result audit,
        List<Timeline.Window> windows) {

    private static final int UNAVAILABLE = 503;
    private static final double NANOS = 1e9;

    static OutageOutcome of(
            Mode mode,
            OutageSettings settings,
            List<Event> events,
            List<Sample> samples,
            long[] away,
            Audit.Result audit,
            JsonNode crawl,
            int jobs,
            int sentAgain,
            boolean alive) {
        long gone = away[0];
        long back = away[1];
        long noticed =
                samples.stream()
                        .filter(s -> s.away() && s.at() > gone)
                        .mapToLong(Sample::at)
                        .min()
                        .orElse(Long.MAX_VALUE);
        long resumed =
                events.stream()
                        .filter(e -> e.submission() && e.isRight() && e.ended() > back)
                        .mapToLong(Event::ended)
                        .min()
                        .orElse(-1);
        List<Event> refused = events.stream().filter(e -> e.status() == UNAVAILABLE).toList();
        return new OutageOutcome(
                mode,
                (back - gone) / NANOS,
                noticed == Long.MAX_VALUE ? -1 : (noticed - gone) / NANOS,
                resumed < 0 ? -1 : (resumed - back) / NANOS,
                percentile(refused, 1),
                percentile(between(refused, gone, Math.min(noticed, back)), 0.99),
                percentile(between(refused, noticed, back), 0.99),
                between(refused, gone, back).size(),
                between(refused, back, Long.MAX_VALUE).size(),
                events.stream()
                        .filter(e -> e.isRight() && e.intended() > noticed && e.ended() < back)
                        .count(),
                events.stream().filter(e -> e.status() == 0).count(),
                events.stream()
                        .filter(e -> !e.isRight() && e.status() != 0 && e.status() != UNAVAILABLE)
                        .count(),
                jobs,
                sentAgain,
                alive,
                crawl.required("state").asString(),
                crawl.required("done").asLong(),
                settings.pages(),
                audit,
                Timeline.of(settings.inAll()).windows(events, samples, gone));
    }

    /** Those that were meant to be sent in that time. */
    private static List<Event> between(List<Event> events, long from, long to) {
        return events.stream().filter(e -> e.intended() >= from && e.intended() < to).toList();
    }

    private static double percentile(List<Event> events, double share) {
        return Timeline.percentile(
                events.stream().mapToDouble(Event::seconds).sorted().toArray(), share);
    }

    Table summary() {
        return new Table(
                mode + ": summary",
                List.of("", ""),
                List.of(
                        row("seconds away", awaySeconds),
                        row("seconds until the service noticed", noticedSeconds),
                        row("refused requests", (double) refused),
                        row("requests refused after its return", (double) refusedAfterwards),
                        row("their latency before it had noticed, s, p99", firstP99Seconds),
                        row("their latency afterwards, s, p99", refusedP99Seconds),
                        row("longest of all, s", longestSeconds),
                        row(
                                "right answers while it was known to be away",
                                (double) acceptedMeanwhile),
                        row("seconds from its return to the first submission", resumedSeconds),
                        row("jobs acknowledged in all", jobs),
                        row("of these sent again after a refusal", sentAgain),
                        row("pages stored", (double) audit.pages())));
    }

    private static List<String> row(String what, double value) {
        return List.of(what, Figures.number(value));
    }

    List<Verdict> verdicts() {
        return List.of(
                Verdict.atMost(
                        mode + ": longest wait for a 503, s",
                        longestSeconds,
                        OutageSettings.DEADLINE_SECONDS),
                Verdict.atMost(
                        mode + ": 503 once it has noticed, s, p99",
                        refusedP99Seconds,
                        OutageSettings.REFUSED_SECONDS_MAX),
                Verdict.atLeast(mode + ": requests refused", (double) refused, 1),
                Verdict.none(mode + ": requests without an answer", unanswered),
                Verdict.none(mode + ": answers that are neither right nor 503", odd),
                Verdict.none(
                        mode + ": outages that the metrics did not show", missed(noticedSeconds)),
                Verdict.none(
                        mode + ": outages that it did not come back from", missed(resumedSeconds)),
                Verdict.atMost(
                        mode + ": from PostgreSQL's return to the first submission, s",
                        resumedSeconds,
                        OutageSettings.RESUMED_SECONDS_MAX),
                Verdict.none(mode + ": restarts of the service", alive ? 0 : 1),
                Verdict.none(
                        mode + ": pages that the crawl lacks, or has too many",
                        Math.abs(crawlPagesWanted - crawlPages)),
                Verdict.none(
                        mode + ": crawls that did not complete",
                        crawlState.equals("completed") ? 0 : 1),
                Verdict.none(mode + ": acknowledged URLs without a page or fault", audit.lost()),
                Verdict.none(mode + ": URLs that a job has twice", audit.twice()),
                Verdict.none(mode + ": pages that nobody submitted", audit.foreign()),
                Verdict.none(mode + ": jobs with a gap in seq", audit.gaps()),
                Verdict.none(
                        mode + ": jobs whose counters differ from their rows", audit.counters()),
                Verdict.none(mode + ": jobs that did not end", audit.unfinished()),
                Verdict.none(mode + ": jobs stored without an acknowledgement", audit.surplus()),
                Verdict.none(mode + ": faults", audit.faults()),
                Verdict.none(mode + ": tasks or queues left", audit.backlog()),
                Verdict.none(mode + ": queues held by nobody", audit.leases()),
                Verdict.none(mode + ": answers over HTTP that differ", audit.overHttp()));
    }

    private static long missed(double seconds) {
        return seconds < 0 ? 1 : 0;
    }
}
