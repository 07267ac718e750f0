package io.gleaner.extract;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Reads {@code <meta http-equiv="refresh">} (HTML, 4.2.5.3). */
final class MetaRefresh {

    private static final Pattern CONTENT =
            Pattern.compile(
                    "\\s*(\\d{1,9})[\\d.]*\\s*[;,\\s]\\s*(?:url\\s*=)?\\s*(['\"]?)(.+)",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final int CONTENT_CHARS_MAX = 8_192;

    private MetaRefresh() {}

    /** The first that leads to another page, or null. */
    static @Nullable Refresh of(List<Element> metas, UrlResolver urls, String self) {
        for (var meta : metas) {
            if (meta.attr("http-equiv").equalsIgnoreCase("refresh") && !isForScriptless(meta)) {
                var refresh = read(meta.attr("content"), urls);
                if (refresh != null && !UrlResolver.withoutFragment(refresh.url()).equals(self)) {
                    return refresh;
                }
            }
        }
        return null;
    }

    /** It sends readers without scripts to a page that tells them to get scripts. */
    private static boolean isForScriptless(Element meta) {
        return meta.closest("noscript") != null;
    }

    private static @Nullable Refresh read(String content, UrlResolver urls) {
        var matcher = CONTENT.matcher(content);
        if (content.length() > CONTENT_CHARS_MAX || !matcher.matches()) {
            return null;
        }
        String quote = matcher.group(2);
        String target = matcher.group(3);
        int end = quote.isEmpty() ? -1 : target.indexOf(quote);
        var url = urls.http(end < 0 ? target : target.substring(0, end));
        if (url == null) {
            return null;
        }
        return new Refresh(Duration.ofSeconds(Numbers.leading(matcher.group(1), 0)), url);
    }
}
