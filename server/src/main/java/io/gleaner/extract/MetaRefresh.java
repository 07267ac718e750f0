package io.gleaner.extract;

import io.gleaner.write.UrlResolver;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Reads {@code <meta http-equiv="refresh">} (HTML, 4.2.5.3). */
final class MetaRefresh {

    private MetaRefresh() {}

    /** The first that leads to another page, or null. */
    static @Nullable Refresh of(List<Element> metas, UrlResolver urls, String self) {
        for (var meta : metas) {
            if (meta.attr("http-equiv").equalsIgnoreCase("refresh") && !isForScriptless(meta)) {
                var refresh = RefreshSteps.read(meta.attr("content"), urls);
                if (refresh != null && !refresh.leadsTo(self)) {
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
}
