package io.gleaner.perf.report;

import io.gleaner.perf.load.Latency;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** A report for people. */
public final class MarkdownPage {

    private static final double STEAL_SUSPICIOUS = 0.02;

    private MarkdownPage() {}

    static String of(Report report) {
        Findings findings = report.findings();
        var page = new StringBuilder();
        page.append("# bench ").append(report.name()).append("\n\n```\n");
        page.append(report.command()).append("\n```\n\n");
        page.append(table(around(report)));
        if (report.steal() > STEAL_SUSPICIOUS) {
            page.append("**The hypervisor stole time from this run: read it with care.**\n\n");
        }
        page.append(table(verdicts(findings)));
        findings.tables().forEach(part -> page.append(table(part)));
        page.append(table(settings(findings)));
        if (!findings.notes().isEmpty()) {
            page.append("## Notes\n\n");
            findings.notes().forEach(note -> page.append("- ").append(note).append('\n'));
        }
        return page.toString();
    }

    private static Table around(Report report) {
        String dirty = report.revision().dirty() ? ", with uncommitted changes" : "";
        return new Table(
                "",
                List.of("", ""),
                List.of(
                        List.of("commit", report.revision().commit() + dirty),
                        List.of("began", report.began().truncatedTo(ChronoUnit.SECONDS) + ""),
                        List.of("took", Figures.number(report.seconds()) + " s"),
                        List.of(
                                "machine",
                                "%d cores, %s, %s"
                                        .formatted(
                                                report.machine().cores(),
                                                report.machine().cpu(),
                                                Figures.mebibytes(report.machine().memoryBytes()))),
                        List.of("system", report.machine().kernel()),
                        List.of("JDK", report.machine().jdk()),
                        List.of(
                                "machine at rest, late wake-ups",
                                percentiles(report.atRest().wakeUp())),
                        List.of("machine at rest, busy", Figures.percent(report.atRest().busy())),
                        List.of(
                                "machine at rest, 8 KiB to disk",
                                percentiles(report.atRest().toDisk())),
                        List.of(
                                "load average before, after",
                                "%s, %s"
                                        .formatted(
                                                Figures.number(report.loadBefore()),
                                                Figures.number(report.loadAfter()))),
                        List.of(
                                "steal, busy",
                                "%s, %s"
                                        .formatted(
                                                Figures.percent(report.steal()),
                                                Figures.percent(report.busy())))));
    }

    private static String percentiles(Latency latency) {
        return "p50 %s, p99 %s, p99.9 %s, max %s ms"
                .formatted(
                        Figures.number(latency.p50Ms()),
                        Figures.number(latency.p99Ms()),
                        Figures.number(latency.p999Ms()),
                        Figures.number(latency.maxMs()));
    }

    private static Table verdicts(Findings findings) {
        return new Table(
                "Verdicts",
                List.of("claim", "measured", "bound", ""),
                findings.verdicts().stream()
                        .map(
                                verdict ->
                                        List.of(
                                                verdict.what(),
                                                verdict.measured(),
                                                verdict.bound(),
                                                bold(verdict.outcome())))
                        .toList());
    }

    /** What must not be overlooked. */
    public static String bold(Verdict.Outcome outcome) {
        return outcome == Verdict.Outcome.HOLDS
                ? outcome.text()
                : "**%s**".formatted(outcome.text());
    }

    private static Table settings(Findings findings) {
        return new Table(
                "Settings",
                List.of("setting", "value"),
                findings.settings().entrySet().stream()
                        .map(entry -> List.of(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private static String table(Table table) {
        var text = new StringBuilder();
        if (!table.title().isEmpty()) {
            text.append("## ").append(table.title()).append("\n\n");
        }
        text.append(line(table.columns()));
        text.append("|---".repeat(table.columns().size())).append("|\n");
        table.rows().forEach(row -> text.append(line(row)));
        return text.append('\n').toString();
    }

    private static String line(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.replace("|", "\\|").replace("\n", " "))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
