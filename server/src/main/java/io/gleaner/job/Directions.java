package io.gleaner.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a page asks of crawlers, and what tells it from others.
 *
 * @param canonical the URL that it says it is at, or null
 * @param noindex it asks not to be kept
 * @param nofollow it asks that none of its links are followed
 * @param unfollowed those of its links that ask not to be followed
 * @param fingerprint the same for pages of the same title and text; null when there is too little
 *     of it to tell
 */
public record Directions(
        @Nullable String canonical,
        boolean noindex,
        boolean nofollow,
        List<String> unfollowed,
        @Nullable String fingerprint) {

    /** Of a page that asks nothing. */
    public static final Directions NONE = new Directions(null, false, false, List.of(), null);

    public Directions {
        unfollowed = List.copyOf(unfollowed);
    }

    /** The same of a page whose links have been sorted out. */
    public Directions followed() {
        return unfollowed.isEmpty()
                ? this
                : new Directions(canonical, noindex, nofollow, List.of(), fingerprint);
    }

    /** The same with what was asked besides. */
    public Directions and(boolean alsoNoindex, boolean alsoNofollow) {
        return new Directions(
                canonical,
                noindex || alsoNoindex,
                nofollow || alsoNofollow,
                unfollowed,
                fingerprint);
    }
}
