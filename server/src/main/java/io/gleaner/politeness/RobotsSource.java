package io.gleaner.politeness;

import java.net.URI;

/** Loads robots.txt files. */
public interface RobotsSource {

    /**
     * Loads one robots.txt, following at least five redirects (RFC 9309 section 2.3.1.2), also to
     * other hosts.
     *
     * @param robotsUrl {@code http(s)://host[:port]/robots.txt}
     */
    RobotsResponse load(URI robotsUrl) throws InterruptedException;
}
