package io.gleaner.testing;

import java.io.IOException;

/**
 * A site without end below {@code /trap/}: twenty pages that matter, and round them a calendar,
 * session ids, permutations of a query, mirrors, and pages that are missing and do not say so.
 */
public final class TrapRoutes {

    /** Pages that matter. */
    public static final int PAGES = 20;

    private TrapRoutes() {}

    public static void addTo(TestSite site) {
        site.route("/trap/", TrapRoutes::front)
                .route("/trap/page/*", TrapRoutes::page)
                .route("/trap/calendar/*", TrapRoutes::month)
                .route("/trap/list", TrapRoutes::list)
                .route("/trap/mirror/*", TrapRoutes::mirror)
                .route("/trap/missing/*", TrapRoutes::missing);
    }

    private static void front(RecordedRequest request, RawResponse out) throws IOException {
        var links = new StringBuilder();
        for (int i = 0; i < PAGES; i++) {
            // Another session with each visit.
            links.append(link("/trap/page/" + i + ";jsessionid=" + session(request), "Page " + i));
        }
        links.append(link("/trap/calendar/2030-1", "Calendar"))
                .append(link("/trap/list?sort=name&order=up&size=10", "List"))
                .append(link("/trap/mirror/1/", "Mirror"))
                .append(link("/trap/missing/0", "Missing"));
        out.html(html("Front", "The entrance.", links.toString()));
    }

    private static void page(RecordedRequest request, RawResponse out) throws IOException {
        String name = request.segment(2).replaceFirst(";.*", "");
        String links =
                link("/trap/?sid=" + session(request), "Front")
                        + link("/trap/page/" + name + "?utm_source=" + session(request), "Share");
        out.html(html("Page " + name, "This page is number " + name + " and matters.", links));
    }

    private static void month(RecordedRequest request, RawResponse out) throws IOException {
        String[] date = request.segment(2).split("-", -1);
        int month = Integer.parseInt(date[0]) * 12 + Integer.parseInt(date[1]) - 1;
        String links = "";
        for (int next : new int[] {month - 1, month + 1}) {
            links += link("/trap/calendar/" + next / 12 + "-" + (next % 12 + 1), "Month " + next);
        }
        out.html(html("Month " + month, "Nothing happens in month " + month + ".", links));
    }

    private static void list(RecordedRequest request, RawResponse out) throws IOException {
        String[] parts = request.query().split("&", -1);
        String links =
                link("/trap/list?" + parts[1] + "&" + parts[2] + "&" + parts[0], "Sorted")
                        + link("/trap/list?" + parts[2] + "&" + parts[1] + "&" + parts[0], "Back");
        out.html(html("List", "A list that can be had in any order.", links));
    }

    private static void mirror(RecordedRequest request, RawResponse out) throws IOException {
        int copy = request.number(2);
        out.html(html("Mirror", LONG, link("/trap/mirror/" + (copy + 1) + "/", "Next")));
    }

    private static void missing(RecordedRequest request, RawResponse out) throws IOException {
        int number = request.number(2);
        String links =
                link("/trap/missing/" + (3 * number + 1), "One")
                        + link("/trap/missing/" + (3 * number + 2), "Two");
        out.html(html("Not found", LONG.replace("mirror", "missing page"), links));
    }

    private static final String LONG =
            "These are the words of a mirror, which are the same in each of its copies, however"
                + " many there may be of them and wherever somebody has put them, so that one is"
                + " enough.";

    private static String session(RecordedRequest request) {
        return Long.toHexString(System.identityHashCode(request) + (1L << 40));
    }

    private static String link(String href, String text) {
        return "<li><a href=\"%s\">%s</a></li>\n".formatted(href, text);
    }

    private static String html(String title, String text, String links) {
        return """
        <!doctype html>
        <html lang="en"><head><title>%1$s</title></head>
        <body><main><h1>%1$s</h1><p>%2$s</p></main><nav><ul>%3$s</ul></nav></body></html>
        """
                .formatted(title, text, links);
    }
}
