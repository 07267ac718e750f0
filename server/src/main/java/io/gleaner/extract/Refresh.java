package io.gleaner.extract;

import io.gleaner.write.UrlResolver;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A refresh that leads to another page.
 *
 * @param delay how long a browser would wait
 * @param url absolute http(s)
 */
public record Refresh(Duration delay, String url) {

    /**
     * What a {@code Refresh} header asks for; null if it leads to no other page.
     *
     * @param page absolute http(s): what a relative URL is relative to
     */
    public static @Nullable Refresh ofHeader(String value, URI page) {
        var urls = new UrlResolver(page, null, RefreshSteps.CHARS_MAX);
        var refresh = RefreshSteps.read(value, urls);
        return refresh == null || refresh.leadsTo(urls.self()) ? null : refresh;
    }

    /** Whether it leads to this URL, which has no fragment. */
    boolean leadsTo(String page) {
        return UrlResolver.withoutFragment(url).equals(page);
    }
}
