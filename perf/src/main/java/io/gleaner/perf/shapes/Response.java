package io.gleaner.perf.shapes;

/**
 * One answer that a user got, or did not get.
 *
 * @param request its name in {@link io.gleaner.perf.users.Requests}
 * @param startMs when it was sent, in milliseconds since the run began
 * @param endMs when the last byte was there, or it was given up
 * @param ok whether it was the right answer
 * @param message what was wrong with it
 */
record Response(String request, int startMs, int endMs, boolean ok, String message) {

    int tookMs() {
        return endMs - startMs;
    }
}
