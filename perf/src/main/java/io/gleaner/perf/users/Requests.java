package io.gleaner.perf.users;

import java.util.List;

/** The names of what users ask for, as they stand in reports. */
public final class Requests {

    public static final String SUBMIT = "submit a URL";
    public static final String SUBMIT_BATCH = "submit a batch";
    public static final String SUBMIT_CRAWL = "submit a crawl";
    public static final String STATUS = "status";
    public static final String LIST = "list of jobs";
    public static final String PAGES = "pages";
    public static final String STREAM = "stream of pages";
    public static final String CANCEL = "cancel";
    public static final String LONG_POLL = "long poll";
    public static final String SCRAPE = "scrape again";

    private Requests() {}

    /** Those that answer by themselves, for which no page has to be waited. */
    public static List<String> prompt() {
        return List.of(SUBMIT, SUBMIT_BATCH, SUBMIT_CRAWL, STATUS, LIST, PAGES, STREAM, CANCEL);
    }

    /** All of them, in the order of the tables. */
    public static List<String> all() {
        return List.of(
                SUBMIT,
                SUBMIT_BATCH,
                SUBMIT_CRAWL,
                STATUS,
                LIST,
                PAGES,
                STREAM,
                CANCEL,
                LONG_POLL,
                SCRAPE);
    }
}
