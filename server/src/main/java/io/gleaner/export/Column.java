package io.gleaner.export;

import io.gleaner.job.Page;
import io.gleaner.store.StoredPage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One column of a table.
 *
 * @param kind what its values are: a {@link Long}, an {@link Integer}, a {@link Boolean}, an {@link
 *     java.time.Instant}, a {@link String}, a list of Strings, or a map of Strings
 * @param value of a page; null where there is none
 * @param small whether it is in a table for which no columns are chosen, though there is no end to
 *     what a page may hold
 */
record Column(String name, Kind kind, boolean small, Function<StoredPage, @Nullable Object> value) {

    enum Kind {
        LONG,
        INTEGER,
        BOOLEAN,
        TIME,
        TEXT,
        TEXTS,
        TEXTS_BY_NAME
    }

    /** Of pages that came, and empty for faults. */
    static Column ofContent(
            String name, Kind kind, boolean small, Function<Page.Content, @Nullable Object> value) {
        return new Column(
                name,
                kind,
                small,
                stored ->
                        stored.page() instanceof Page.Content content
                                ? value.apply(content)
                                : null);
    }

    /** Of faults, and empty for pages that came. */
    static Column ofFault(String name, Kind kind, Function<Page.Fault, @Nullable Object> value) {
        return new Column(
                name,
                kind,
                true,
                stored -> stored.page() instanceof Page.Fault fault ? value.apply(fault) : null);
    }

    @Nullable Object of(StoredPage page) {
        return value.apply(page);
    }
}
