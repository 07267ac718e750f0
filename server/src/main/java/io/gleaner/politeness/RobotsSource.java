package io.gleaner.politeness;

import java.net.URI;
import java.time.Instant;

/** Loads robots.txt files. */
public interface RobotsSource {

    /**
     * Loads one robots.txt, following at least five redirects (RFC 9309 section 2.3.1.2), also to
     * other hosts.
     *
     * @param robotsUrl {@code http(s)://host[:port]/robots.txt}
     */
    Loaded load(URI robotsUrl) throws InterruptedException;

    /**
     * What came of a load.
     *
     * @param at when it was loaded, which may be a while ago and by another process
     */
    record Loaded(RobotsResponse response, Instant at) {}
}
