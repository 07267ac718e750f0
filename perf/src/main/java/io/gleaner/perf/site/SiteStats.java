package io.gleaner.perf.site;

/**
 * What was asked of the site since the last reset.
 *
 * @param requests for pages
 * @param distinct pages that were asked for
 * @param repeated pages that were asked for more than once
 * @param mostForOne requests for the page with the most
 * @param inFlight requests for pages that are not answered yet
 * @param inFlightMax the most of them at once
 * @param others requests for anything else, robots.txt included
 */
public record SiteStats(
        long requests,
        int distinct,
        int repeated,
        int mostForOne,
        int inFlight,
        int inFlightMax,
        long others) {}
