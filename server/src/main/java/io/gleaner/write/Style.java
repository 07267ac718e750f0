package io.gleaner.write;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** What an element's own style says of its letters. */
final class Style {

    private static final int STYLE_CHARS_MAX = 4096;
    private static final int BOLD_MIN = 600;
    private static final Pattern WEIGHT =
            Pattern.compile("(?:^|;)\\s*font-weight\\s*:\\s*([a-z]+|\\d{1,4})");
    private static final Pattern ITALIC =
            Pattern.compile("(?:^|;)\\s*font-style\\s*:\\s*(?:italic|oblique)");

    private Style() {}

    static boolean isBold(Element element) {
        String weight = weight(element);
        return weight.startsWith("bold") || number(weight) >= BOLD_MIN;
    }

    static boolean isNormalWeight(Element element) {
        String weight = weight(element);
        return weight.equals("normal")
                || weight.equals("lighter")
                || (number(weight) > 0 && number(weight) < BOLD_MIN);
    }

    static boolean isItalic(Element element) {
        return ITALIC.matcher(style(element)).find();
    }

    private static String weight(Element element) {
        Matcher weight = WEIGHT.matcher(style(element));
        return weight.find() ? weight.group(1) : "";
    }

    private static int number(String weight) {
        return Numbers.leading(weight, 0);
    }

    private static String style(Element element) {
        String style = element.attr("style");
        return style.length() > STYLE_CHARS_MAX ? "" : style.toLowerCase(Locale.ROOT);
    }
}
