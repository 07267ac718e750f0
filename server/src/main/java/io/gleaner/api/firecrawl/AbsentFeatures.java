package io.gleaner.api.firecrawl;

import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the family has and this server has not, and why. */
final class AbsentFeatures {

    private static final Map<String, String> WHY = new LinkedHashMap<>();

    static {
        String model = "it needs a language model, and none is configured on this server";
        WHY.put("/search", "it needs an index of the web, and this server has none");
        WHY.put("/extract", model);
        WHY.put("/agent", model);
        WHY.put("/deep-research", model);
        WHY.put("/llmstxt", model);
        WHY.put("/crawl/params-preview", model);
        WHY.put("/interact", "browsers here show pages of jobs and are not driven from outside");
        WHY.put("/browser", "browsers here show pages of jobs and are not driven from outside");
        WHY.put("/monitor", "pages are not watched over time here; submit the crawl again");
        WHY.put("/feedback", "nothing is learned from feedback here");
        WHY.put("/historical", "nothing is counted for billing here");
        WHY.put("/parse", "files are not taken here; scrape their address");
    }

    private AbsentFeatures() {}

    static boolean isNamed(String path) {
        return WHY.keySet().stream().anyMatch(path::contains);
    }

    /** The answer to a path of the family that is not served. */
    static Problem problem(String path) {
        String why =
                WHY.entrySet().stream()
                        .filter(one -> path.contains(one.getKey()))
                        .map(
                                one ->
                                        one.getKey().substring(one.getKey().lastIndexOf('/') + 1)
                                                + " is not served: "
                                                + one.getValue())
                        .findFirst()
                        .orElse("there is nothing at " + Problem.shorten(path));
        return Problem.of(ProblemCode.UNKNOWN_PATH, why)
                .with("accepted", "docs/migrating-from-firecrawl.md lists what is served");
    }
}
