package io.gleaner.testing;

import java.io.IOException;

/** Answers one request, as badly as it likes. */
@FunctionalInterface
public interface Route {
    void answer(RecordedRequest request, RawResponse out) throws IOException, InterruptedException;
}
