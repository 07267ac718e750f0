package io.gleaner.perf.autoscale.tune;

import io.gleaner.perf.report.Figures;
import java.util.List;

/** The result of a search as Markdown. */
public final class TuningPage {

    private TuningPage() {}

    /**
     * A page that names its command and, for each knob, what was taken and why nothing else was.
     */
    public static String of(String command, Tuning.Result result) {
        var page =
                new StringBuilder("# autoscale tune\n\n```\n").append(command).append("\n```\n\n");
        page.append("A simulation: computed, not measured. ")
                .append(result.trials())
                .append(" policies were tried, one knob at a time.\n\n");
        row(page, List.of("", "pod-hours over all traces", "worst time in queue p99, s", ""));
        page.append("|---|---|---|---|\n");
        row(page, summary("the policy that was given", result.first()));
        row(page, summary("the best that was found", result.best()));
        page.append("\n## Why not otherwise\n\nFrom the best, one knob turned:\n\n");
        row(page, List.of("knob", "value", "pod-hours", "worst p99, s", "why not"));
        page.append("|---|---|---|---|---|\n");
        for (Tuning.Neighbour one : result.neighbours()) {
            row(
                    page,
                    List.of(
                            one.knob(),
                            one.value(),
                            Figures.number(one.trial().podHours()),
                            Integer.toString(one.trial().worst()),
                            one.why().equals("taken") ? "**taken**" : one.why()));
        }
        return page.toString();
    }

    private static List<String> summary(String name, Trial trial) {
        return List.of(
                name,
                Figures.number(trial.podHours()),
                Integer.toString(trial.worst()),
                trial.holds() ? "holds" : "**does not hold**: " + trial.complaint());
    }

    private static void row(StringBuilder page, List<String> cells) {
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
