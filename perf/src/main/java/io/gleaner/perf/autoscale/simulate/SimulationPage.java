package io.gleaner.perf.autoscale.simulate;

import io.gleaner.perf.report.Figures;
import io.gleaner.perf.report.Verdict;
import java.util.List;
import java.util.Map;

/** Runs as one HTML page that needs nothing else. */
public final class SimulationPage {

    private static final String STYLE =
            """
            :root{color-scheme:light dark;--ink:#1c2126;--soft:#68727c;--grid:#dfe3e7;--paper:#fff;--no:#b3261e}
            @media(prefers-color-scheme:dark){:root{--ink:#e6e9ec;--soft:#98a2ac;--grid:#333a41;--paper:#15181b;--no:#ff8a80}}
            body{margin:0 auto;max-width:54rem;padding:1rem;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
            h1{font-size:1.4rem}h2{font-size:1.15rem;margin:2.5rem 0 .5rem}
            svg{display:block;width:100%;height:auto}
            table{border-collapse:collapse;width:100%;font-size:.9rem}td,th{text-align:left;padding:.25rem .5rem .25rem 0;vertical-align:top;border-bottom:1px solid var(--grid)}
            td+td{white-space:nowrap}.how td+td{white-space:normal}
            .no{color:var(--no);font-weight:600}code{overflow-wrap:anywhere}
            .t{font:600 10px system-ui,sans-serif;fill:var(--ink)}.n{font:9px system-ui,sans-serif;fill:var(--soft)}
            .g{stroke:var(--grid);stroke-width:1}path{fill:none;stroke-width:1.5}.d{stroke-dasharray:3 2;opacity:.7}
            .l0{stroke:#3b7dd8}.l1{stroke:#c8782a}.l2{stroke:#2e9e6b}.l3{stroke:#9557c4}
            """;

    private SimulationPage() {}

    static String of(String command, Simulation simulation, Slo slo, List<Run> runs) {
        var page = new StringBuilder(head("autoscale simulate"));
        page.append("<h1>")
                .append(escaped(simulation.spec().name()))
                .append(" under ")
                .append(runs.size() == 1 ? "a trace" : runs.size() + " traces")
                .append("</h1><p><code>")
                .append(escaped(command))
                .append("</code></p><p>A simulation: computed, not measured. ")
                .append("Seed ")
                .append(simulation.settings().seed())
                .append(".</p>");
        for (Run run : runs) {
            section(page, run, slo.judge(run));
        }
        page.append("<h2>What a pod can do</h2><table class=\"how\">");
        for (Map.Entry<String, String> source : simulation.capacity().sources().entrySet()) {
            row(page, source.getKey(), source.getValue());
        }
        return page.append("</table></html>\n").toString();
    }

    /** How a page begins that looks like this one. */
    public static String head(String title) {
        return "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                + "<title>%s</title><style>%s</style>".formatted(escaped(title), STYLE);
    }

    /** Verdicts as a table. */
    public static String table(List<Verdict> verdicts) {
        var page = new StringBuilder("<table>");
        for (Verdict verdict : verdicts) {
            page.append(verdict.holds() ? "<tr>" : "<tr class=\"no\">")
                    .append("<td>")
                    .append(escaped(verdict.what()))
                    .append("<td>")
                    .append(verdict.measured())
                    .append("<td>")
                    .append(escaped(verdict.bound()))
                    .append("<td>")
                    .append(verdict.outcome().text());
        }
        return page.append("</table>").toString();
    }

    private static void section(StringBuilder page, Run run, List<Verdict> verdicts) {
        page.append("<h2>")
                .append(escaped(run.trace()))
                .append("</h2>")
                .append(table(verdicts))
                .append("<p>")
                .append(Figures.number(run.podHours()))
                .append(" pod-hours, at most ")
                .append(run.podsMax())
                .append(" replicas, ")
                .append(run.changes())
                .append(" changes; time in queue p50 ")
                .append(run.waitP50Seconds())
                .append(" s, longest ")
                .append(run.waitMaxSeconds())
                .append(" s; ")
                .append(Figures.number(run.leftOver()))
                .append(" items left at the end.</p>")
                .append(Chart.of(run));
    }

    private static void row(StringBuilder page, String... values) {
        page.append("<tr>");
        for (String value : values) {
            page.append("<td>").append(escaped(value));
        }
    }

    /** Fit for the text of an element. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
