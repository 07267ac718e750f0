package io.gleaner.perf.report;

import java.util.List;
import java.util.Map;

/**
 * What a bench found.
 *
 * @param settings everything that a repetition needs, by name
 * @param notes what a reader must know to read the figures rightly
 * @param raw every single result, for machines
 */
public record Findings(
        Map<String, String> settings,
        List<Table> tables,
        List<Verdict> verdicts,
        List<String> notes,
        Object raw) {

    public boolean hold() {
        return verdicts.stream().allMatch(Verdict::holds);
    }
}
