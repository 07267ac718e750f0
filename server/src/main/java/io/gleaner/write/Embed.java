package io.gleaner.write;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Where a video can be watched that stands in a frame of the page. */
final class Embed {

    private static final List<Map.Entry<Pattern, String>> PLAYERS =
            List.of(
                    Map.entry(
                            Pattern.compile(
                                    "https?://(?:www\\.)?youtube(?:-nocookie)?\\.com/embed/([\\w-]{6,20}).*"),
                            "https://www.youtube.com/watch?v=%s"),
                    Map.entry(
                            Pattern.compile("https?://player\\.vimeo\\.com/video/(\\d+).*"),
                            "https://vimeo.com/%s"),
                    Map.entry(
                            Pattern.compile(
                                    "https?://(?:www\\.)?dailymotion\\.com/embed/video/(\\w+).*"),
                            "https://www.dailymotion.com/video/%s"));

    private Embed() {}

    /** The address of the video, or null if the element shows none that is known. */
    static @Nullable String of(Element element, UrlResolver urls) {
        return switch (element.normalName()) {
            case "iframe" -> player(source(element, urls));
            case "video" -> {
                String own = source(element, urls);
                Element inner = own == null ? element.selectFirst("source[src]") : null;
                yield inner == null ? own : source(inner, urls);
            }
            default -> null;
        };
    }

    private static @Nullable String source(Element element, UrlResolver urls) {
        for (String name : List.of("src", "data-src", "data-lazy-src")) {
            String url = element.hasAttr(name) ? urls.http(element.attr(name)) : null;
            if (url != null) {
                return url;
            }
        }
        return null;
    }

    private static @Nullable String player(@Nullable String url) {
        for (var player : PLAYERS) {
            Matcher match = player.getKey().matcher(url == null ? "" : url);
            if (match.matches()) {
                return player.getValue().formatted(match.group(1));
            }
        }
        return null;
    }
}
