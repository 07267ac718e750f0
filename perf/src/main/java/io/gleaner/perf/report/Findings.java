package io.gleaner.perf.report;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

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

    /** How all of it came out: what fails counts most, then what could not be measured. */
    public Verdict.Outcome outcome() {
        return verdicts.stream().anyMatch(is(Verdict.Outcome.FAILS))
                ? Verdict.Outcome.FAILS
                : verdicts.stream().allMatch(is(Verdict.Outcome.HOLDS))
                        ? Verdict.Outcome.HOLDS
                        : Verdict.Outcome.NOT_MEASURABLE;
    }

    public boolean hold() {
        return outcome() == Verdict.Outcome.HOLDS;
    }

    private static Predicate<Verdict> is(Verdict.Outcome outcome) {
        return verdict -> verdict.outcome() == outcome;
    }
}
