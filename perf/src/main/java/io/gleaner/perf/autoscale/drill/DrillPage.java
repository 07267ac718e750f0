package io.gleaner.perf.autoscale.drill;

import static io.gleaner.perf.autoscale.simulate.SimulationPage.escaped;

import io.gleaner.perf.autoscale.simulate.Chart;
import io.gleaner.perf.autoscale.simulate.SimulationPage;
import io.gleaner.perf.report.Report;
import io.gleaner.perf.report.Table;

/**
 * A drill as one HTML page that needs nothing else: verdicts, charts beside the simulation's,
 * tables.
 */
final class DrillPage {

    private DrillPage() {}

    static String of(Report report) {
        if (!(report.findings().raw() instanceof Outcome outcome)) {
            throw new IllegalArgumentException("no drill: " + report.name());
        }
        var page = new StringBuilder(SimulationPage.head("autoscale " + report.name()));
        page.append("<h1>")
                .append(escaped(outcome.real().trace()))
                .append(" over real workers</h1><p><code>")
                .append(escaped(report.command()))
                .append("</code><br>")
                .append(report.began())
                .append(", commit ")
                .append(escaped(report.revision().commit()))
                .append(report.revision().dirty() ? ", with uncommitted changes" : "")
                .append("</p>")
                .append(SimulationPage.table(report.findings().verdicts()))
                .append("<p>Lines: measured. Dashed: simulated.</p>")
                .append(Chart.of(outcome.real(), outcome.band().middle()));
        report.findings().tables().forEach(table -> append(page, table));
        page.append("<ul>");
        report.findings().notes().forEach(note -> page.append("<li>").append(escaped(note)));
        return page.append("</ul></html>\n").toString();
    }

    private static void append(StringBuilder page, Table table) {
        page.append("<h2>").append(escaped(table.title())).append("</h2><table><tr>");
        table.columns().forEach(column -> page.append("<th>").append(escaped(column)));
        table.rows()
                .forEach(
                        row -> {
                            page.append("<tr>");
                            row.forEach(cell -> page.append("<td>").append(escaped(cell)));
                        });
        page.append("</table>");
    }
}
