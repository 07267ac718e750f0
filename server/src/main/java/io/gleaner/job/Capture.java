package io.gleaner.job;

import java.time.Instant;

/** What came over the wire for a page, or what a browser made of it, as a web archive keeps it. */
public sealed interface Capture {

    String url();

    /** When it had come whole. */
    Instant at();

    /** Not copied, so do not write to it. */
    byte[] body();

    /**
     * One request and its answer.
     *
     * @param protocol such as {@code http/1.1} or {@code h2}
     * @param requestHead request line and headers as HTTP/1.1, with the empty line; without headers
     *     that may carry a secret
     * @param responseHead status line and headers as HTTP/1.1, with the empty line; without those
     *     of a framing that is gone
     * @param body as received: still compressed where it was sent so
     * @param whole whether the body was read; that of a redirect is not
     */
    record Exchange(
            String url,
            Instant at,
            String protocol,
            String requestHead,
            String responseHead,
            byte[] body,
            boolean whole)
            implements Capture {}

    /** A document as a browser showed it: nobody has sent it like this. */
    record Document(String url, Instant at, String mediaType, byte[] body) implements Capture {}
}
