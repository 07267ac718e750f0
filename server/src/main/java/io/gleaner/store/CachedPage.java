package io.gleaner.store;

import io.gleaner.job.Directions;
import io.gleaner.job.PageContent;
import io.gleaner.job.rendering.Rendering;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page as it was fetched and extracted, for whoever asks for the same in the same way.
 *
 * @param url where the redirects ended
 * @param fetchedAt when it was fetched, or last said to be unchanged
 * @param etag and {@code lastModified}: what the host gives to ask by whether it has changed
 * @param rendering whether a browser showed it; null where none does
 * @param outlinks absolute URLs that a crawl may follow; empty when they were not wanted
 * @param directions what it asks of crawlers; null where none was to be heeded
 */
public record CachedPage(
        String url,
        int status,
        String contentType,
        Instant fetchedAt,
        @Nullable String etag,
        @Nullable String lastModified,
        PageContent content,
        @Nullable Rendering rendering,
        List<String> outlinks,
        @Nullable Directions directions) {

    /** The page, said to be unchanged. */
    public CachedPage at(Instant time) {
        return new CachedPage(
                url,
                status,
                contentType,
                time,
                etag,
                lastModified,
                content,
                rendering,
                outlinks,
                directions);
    }

    public byte[] encode() {
        return Json.compress(this);
    }

    /**
     * @throws RuntimeException when the bytes are of another version, or broken
     */
    public static CachedPage decode(byte[] bytes) {
        return Json.decompress(bytes, CachedPage.class);
    }
}
