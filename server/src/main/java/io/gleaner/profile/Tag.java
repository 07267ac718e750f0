package io.gleaner.profile;

import java.util.List;
import java.util.Optional;

/**
 * What a call is made for: an endpoint of the API, a step of the pipeline, or neither. A sample has
 * the tag of the least rank among its calls.
 */
record Tag(int rank, String name) {

    private static final int ENDPOINT = 0;
    private static final int FIRST_STEP = 1;
    private static final List<Step> STEPS = List.of(Step.values());
    private static final List<String> OF_THE_JDK = List.of("java.", "javax.", "jdk.", "sun.");

    /** Code that is neither ours nor the JDK's, called by nothing of ours. */
    private static final Tag OTHER = new Tag(FIRST_STEP + STEPS.size(), "other");

    /** Nothing but the JDK: schedulers, cleaners, the compiler. */
    static final Tag JVM = new Tag(OTHER.rank + 1, "jvm");

    static Tag of(String className, String method) {
        Optional<String> endpoint = Endpoints.of(className, method);
        if (endpoint.isPresent()) {
            return new Tag(ENDPOINT, "endpoint " + endpoint.get());
        }
        for (int i = 0; i < STEPS.size(); i++) {
            if (STEPS.get(i).isDoneBy(className)) {
                return new Tag(FIRST_STEP + i, STEPS.get(i).tag());
            }
        }
        return OF_THE_JDK.stream().anyMatch(className::startsWith) ? JVM : OTHER;
    }

    Tag or(Tag other) {
        return rank <= other.rank ? this : other;
    }
}
