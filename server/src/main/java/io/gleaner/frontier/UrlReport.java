package io.gleaner.frontier;

import io.gleaner.job.CrawlSpec;

/** What a crawl makes of one URL, step by step, for people. */
public final class UrlReport {

    private UrlReport() {}

    /**
     * Lines that end in a newline.
     *
     * @throws IllegalArgumentException when it is no URL, or the crawl has none
     */
    public static String of(String url, CrawlSpec crawl) {
        NormalUrl normal = UrlParser.parse(url);
        Sameness.Form form = new Sameness(crawl).of(normal);
        String fetched = form.fetched().text();
        var report = new StringBuilder();
        line(report, "given", url, "");
        line(report, "normal", normal.text(), why(normal.text(), url, "one spelling, RFC 3986"));
        line(
                report,
                "fetched",
                fetched,
                why(fetched, normal.text(), "session ids and tracking parameters are dropped"));
        line(
                report,
                "same as",
                form.compared(),
                why(form.compared(), fetched, "order of the query, trailing slash, index.html"));
        line(report, "host", form.fetched().host(), "its queue and its crawl delay");
        report.append(
                "%-8s %s%n"
                        .formatted(
                                "inside", Scope.of(crawl).contains(form.fetched()) ? "yes" : "no"));
        return report.toString();
    }

    private static String why(String now, String before, String reason) {
        return now.equals(before) ? "" : reason;
    }

    private static void line(StringBuilder report, String name, String value, String why) {
        report.append("%-8s %s%s%n".formatted(name, value, why.isEmpty() ? "" : "  (" + why + ")"));
    }
}
