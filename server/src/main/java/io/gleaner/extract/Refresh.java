package io.gleaner.extract;

import java.time.Duration;

/**
 * A meta refresh that leads to another page.
 *
 * @param delay how long a browser would wait
 * @param url absolute http(s)
 */
public record Refresh(Duration delay, String url) {}
