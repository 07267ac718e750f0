package io.gleaner.api;

import java.time.Duration;
import java.util.Map;
import java.util.SequencedMap;

/** Keys that are part of the body and whose work is not built yet: only "no" is accepted. */
final class LaterKeys {

    private static final Duration WAIT_MAX = Duration.ofDays(365);
    private static final Map<String, String> RENDER =
            Map.of("never", "never", "auto", "auto", "always", "always");

    private final BodyReader body;

    LaterKeys(BodyReader body) {
        this.body = body;
    }

    void addTo(SequencedMap<String, BodyReader.Value> keys) {
        keys.put("render", this::render);
        keys.put("actions", path -> body.array(path, 1, item -> refuse(path, "no actions")));
        keys.put("webhook", path -> refuse(path, "no webhook"));
        keys.put("maxConcurrency", path -> refuse(path, "null"));
        keys.put("waitFor", this::nothing);
    }

    private void render(String path) {
        String value = body.choice(path, RENDER);
        if (!value.equals("never")) {
            refuse(path, "never");
        }
    }

    private void nothing(String path) {
        if (!body.duration(path, Duration.ZERO, WAIT_MAX).isZero()) {
            refuse(path, "0s");
        }
    }

    private void refuse(String path, String accepted) {
        throw notYet(path, body.shown(), accepted);
    }

    static ProblemException notYet(String path, String value, String accepted) {
        return Problem.value(ProblemCode.NOT_SUPPORTED_YET, path, value, accepted).raise();
    }
}
