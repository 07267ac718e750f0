package io.gleaner.content;

import java.util.List;
import java.util.Locale;

/** Kinds of pages, for what is main content differs between them. */
public enum PageType {
    ARTICLE,
    DOCUMENTATION,
    SERVICE,
    FORUM,
    COLLECTION,
    LISTING,
    PRODUCT;

    /** All, in the order in which the model has them. */
    static final List<PageType> ORDER = List.of(values());

    /** As it is told: {@code article}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
