package io.gleaner.perf.validate;

import io.gleaner.perf.report.Bound;
import java.util.Optional;

/**
 * What the requirements say of a figure, where a bench says only one of both.
 *
 * @param must what decides; empty if there is no must about this figure
 * @param aim what is reported, met or not; empty if the must is as strict as the aim
 */
public record Goal(Optional<Bound> must, Optional<Bound> aim) {

    /** There is a must about another figure that is related to this. */
    public static Goal aimOnly(Bound aim) {
        return new Goal(Optional.empty(), Optional.of(aim));
    }

    public static Goal of(Bound must, Bound aim) {
        return new Goal(Optional.of(must), Optional.of(aim));
    }
}
