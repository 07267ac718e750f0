package io.gleaner.job;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a page of a crawl that is done again stands to what it was before.
 *
 * @param diff what is other in its Markdown, as a unified diff; null where nothing is, where no
 *     Markdown is kept, or where it would be too long
 */
public record Change(Kind kind, @Nullable String diff) {

    /** The names are stable: they are stored. */
    public enum Kind {
        /** There was no such page. */
        NEW,
        /** It says something else. */
        CHANGED,
        /** It says the same, or the host says that it is unchanged. */
        SAME,
        /** The host has it no more, or it is no page of the crawl any more. */
        GONE;

        /** As in requests and answers. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Change of(Kind kind) {
        return new Change(kind, null);
    }
}
