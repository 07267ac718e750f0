package io.gleaner.store;

import io.gleaner.job.Directions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a crawl remembers of a page besides what it keeps of it.
 *
 * @param etag and {@code lastModified}: what the host gives to ask by whether it has changed
 * @param hash the same for pages that say the same; null where none was kept
 * @param directions what it asks of crawlers
 * @param links those of its links that may be followed, absolute
 * @param listed what the sitemaps list; of a start page only
 */
public record PageMemory(
        @Nullable String etag,
        @Nullable String lastModified,
        @Nullable String hash,
        Directions directions,
        List<String> links,
        List<String> listed) {

    public PageMemory {
        links = List.copyOf(links);
        listed = List.copyOf(listed);
    }

    byte[] encode() {
        return Json.compress(this);
    }

    static PageMemory decode(byte[] bytes) {
        return Json.decompress(bytes, PageMemory.class);
    }
}
