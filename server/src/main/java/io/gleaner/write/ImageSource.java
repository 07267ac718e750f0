package io.gleaner.write;

import java.util.List;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Finds the address of a picture: pages that load lazily keep it anywhere but in {@code src}. */
public final class ImageSource {

    private static final List<String> LAZY =
            List.of("data-src", "data-original", "data-lazy-src", "data-lazy", "data-url");
    private static final List<String> SETS = List.of("srcset", "data-srcset", "data-lazy-srcset");

    private final UrlResolver urls;

    public ImageSource(UrlResolver urls) {
        this.urls = urls;
    }

    /** The one address that stands for the picture, or null. */
    public @Nullable String of(Element image) {
        for (String name : LAZY) {
            var url = attribute(image, name);
            if (url != null) {
                return url;
            }
        }
        var source = attribute(image, "src");
        return source != null ? source : largest(image);
    }

    /** The largest candidate of a {@code srcset}, or null. */
    public @Nullable String largest(Element element) {
        for (String name : SETS) {
            if (element.hasAttr(name)) {
                var url = urls.http(largestCandidate(element.attr(name)));
                if (url != null) {
                    return url;
                }
            }
        }
        return null;
    }

    private @Nullable String attribute(Element element, String name) {
        return element.hasAttr(name) ? urls.http(element.attr(name)) : null;
    }

    /** A picture of one pixel is there to count readers. */
    boolean isTracker(Element image) {
        return image.attr("width").equals("1") && image.attr("height").equals("1");
    }

    /** Candidates are separated by commas, but commas also stand inside of URLs. */
    private static String largestCandidate(String set) {
        String best = "";
        double bestSize = -1;
        int i = 0;
        while (i < set.length()) {
            while (i < set.length() && (set.charAt(i) == ',' || Escape.isSpace(set.charAt(i)))) {
                i++;
            }
            int start = i;
            while (i < set.length() && !Escape.isSpace(set.charAt(i))) {
                i++;
            }
            int end = i;
            boolean bare = end > start && set.charAt(end - 1) == ',';
            int comma = bare ? end - 1 : set.indexOf(',', i);
            int descriptorEnd = comma < 0 ? set.length() : comma;
            double size = bare ? 1 : size(set.substring(end, descriptorEnd).strip());
            if (size > bestSize && end > start) {
                best = set.substring(start, bare ? end - 1 : end);
                bestSize = size;
            }
            i = bare ? end : descriptorEnd;
        }
        return best;
    }

    private static double size(String descriptor) {
        int whole = Numbers.leading(descriptor, 1);
        int point = descriptor.indexOf('.');
        return point < 0
                ? whole
                : whole + Numbers.leading(descriptor.substring(point + 1), 0) / 10.0;
    }
}
