package io.gleaner.extract;

import java.util.List;
import java.util.Locale;
import org.jsoup.nodes.Element;

/** What a page asks of all robots: by {@code <meta name="robots">} and {@code X-Robots-Tag}. */
public record RobotsTag(boolean noindex, boolean nofollow) {

    private static final String NAME = "x-robots-tag";

    /** Words before a colon that are no name of a robot. */
    private static final List<String> WITH_VALUE =
            List.of("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview");

    /** The header's name in lower case. */
    public static String headerName() {
        return NAME;
    }

    /**
     * Those of an answer's header; what is said to a robot by its name is not said to us.
     *
     * @param values of all fields of that name
     */
    public static RobotsTag ofHeader(List<String> values) {
        var all = new RobotsTag(false, false);
        for (String value : values) {
            int colon = value.indexOf(':');
            String before = colon < 0 ? "" : value.substring(0, colon).strip();
            boolean toOne =
                    colon >= 0
                            && before.indexOf(',') < 0
                            && !WITH_VALUE.contains(before.toLowerCase(Locale.ROOT));
            all = toOne ? all : all.and(value);
        }
        return all;
    }

    static RobotsTag ofMetas(List<Element> metas) {
        var all = new RobotsTag(false, false);
        for (var meta : metas) {
            if (meta.attr("name").strip().equalsIgnoreCase("robots")) {
                all = all.and(meta.attr("content"));
            }
        }
        return all;
    }

    private RobotsTag and(String words) {
        boolean index = noindex;
        boolean follow = nofollow;
        for (String word : words.toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
            index |= word.equals("noindex") || word.equals("none");
            follow |= word.equals("nofollow") || word.equals("none");
        }
        return new RobotsTag(index, follow);
    }
}
