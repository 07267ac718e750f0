package io.gleaner.api.submit;

import io.gleaner.api.wire.BodyReader;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.api.wire.ProblemException;
import java.util.SequencedMap;

/** Keys that are part of the body and whose work is not built yet: only "no" is accepted. */
final class LaterKeys {

    private final BodyReader body;

    LaterKeys(BodyReader body) {
        this.body = body;
    }

    void addTo(SequencedMap<String, BodyReader.Value> keys) {
        keys.put("maxConcurrency", path -> refuse(path, "null"));
    }

    private void refuse(String path, String accepted) {
        throw notYet(path, body.shown(), accepted);
    }

    static ProblemException notYet(String path, String value, String accepted) {
        return Problem.value(ProblemCode.NOT_SUPPORTED_YET, path, value, accepted).raise();
    }
}
