package io.gleaner.fetch;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import okhttp3.Cookie;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/** The cookies that one fetch was given on its way (RFC 6265). They end with it. */
final class HopCookies {

    private static final int COOKIES_MAX = 50;
    private static final int COOKIE_CHARS_MAX = 4096;

    private final InstantSource clock;
    private final List<Cookie> cookies = new ArrayList<>();
    private int changes;

    HopCookies(InstantSource clock) {
        this.clock = clock;
    }

    void store(HttpUrl url, Headers headers) {
        for (Cookie cookie : Cookie.parseAll(url, headers)) {
            if (cookie.name().length() + cookie.value().length() <= COOKIE_CHARS_MAX) {
                store(cookie);
            }
        }
    }

    /** The value of the Cookie header for this URL; "" for none. */
    String header(HttpUrl url) {
        long now = clock.millis();
        return cookies.stream()
                .filter(cookie -> cookie.expiresAt() > now && cookie.matches(url))
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; "));
    }

    /** Grows when a cookie is new or has a new value: the same URL may then answer differently. */
    int changes() {
        return changes;
    }

    private void store(Cookie cookie) {
        boolean known = cookies.removeIf(old -> sameSlot(old, cookie) && sameValue(old, cookie));
        if (!known) {
            cookies.removeIf(old -> sameSlot(old, cookie));
            changes++;
        }
        if (cookie.expiresAt() > clock.millis() && cookies.size() < COOKIES_MAX) {
            cookies.add(cookie);
        }
    }

    private static boolean sameSlot(Cookie a, Cookie b) {
        return a.name().equals(b.name())
                && a.domain().equals(b.domain())
                && a.path().equals(b.path());
    }

    private static boolean sameValue(Cookie a, Cookie b) {
        return a.value().equals(b.value());
    }
}
