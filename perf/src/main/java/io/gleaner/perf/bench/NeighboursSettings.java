package io.gleaner.perf.bench;

import io.gleaner.perf.site.SitePlan;
import java.util.List;

/**
 * How {@code bench neighbours} runs.
 *
 * @param jobs hostile jobs at once, each on a host of its own
 * @param pages of each of them
 * @param paragraphs of each of those pages
 * @param scrapes in a block
 * @param rounds of a block alone and one beside them
 * @param site what is scraped
 */
public record NeighboursSettings(
        int jobs, int pages, int paragraphs, int scrapes, int rounds, SitePlan site) {

    /** Two that are far over what a page may cost, and one that stays just below it. */
    List<String> fields() {
        return List.of(
                "{\"xpath\":\"//*[count(//*[count(//*[count(//*)=1])=1])=1]\"}",
                "{\"css\":\"p:has(~ p:has(~ p:has(~ p:has(b))))\"}",
                "{\"xpath\":\"//p[count(following-sibling::p) < 0]\"}");
    }
}
