package io.gleaner.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The charset that a document declares in its first bytes, by {@code <meta>} or by an XML
 * declaration (WHATWG HTML 13.2.3.2, "prescan").
 */
final class MetaCharset {

    private static final Pattern XML_DECLARATION =
            Pattern.compile(
                    "\\s{0,64}<\\?xml\\s[^>]{0,200}?encoding\\s*=\\s*[\"']([^\"'>]{1,40})[\"']");
    // Comments and meta tags in document order, so that a tag inside a comment is passed over.
    private static final Pattern COMMENT_OR_META =
            Pattern.compile("<!--|<meta(?=[\\s/])", Pattern.CASE_INSENSITIVE);
    private static final Pattern ATTRIBUTE =
            Pattern.compile(
                    "([^\\s/>=\"']++)(?:\\s*+=\\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\\s>\"']++)))?+");
    private static final Pattern IN_CONTENT =
            Pattern.compile(
                    "charset\\s*+=\\s*+[\"']?([^\"';,\\s]{1,40})", Pattern.CASE_INSENSITIVE);

    private MetaCharset() {}

    /**
     * The first declaration with a label that is known.
     *
     * @param start the first bytes of the document, as ISO 8859-1
     */
    static Optional<Charset> find(String start) {
        Matcher xml = XML_DECLARATION.matcher(start);
        if (xml.lookingAt()) {
            Optional<Charset> declared = usable(xml.group(1));
            if (declared.isPresent()) {
                return declared;
            }
        }
        Matcher next = COMMENT_OR_META.matcher(start);
        int at = 0;
        while (next.find(at)) {
            boolean comment = next.group().equals("<!--");
            int end = comment ? start.indexOf("-->", next.start() + 2) : tagEnd(start, next.end());
            if (end < 0) {
                return Optional.empty();
            }
            if (!comment) {
                Optional<Charset> declared = inAttributes(start.substring(next.end(), end));
                if (declared.isPresent()) {
                    return declared;
                }
            }
            at = end;
        }
        return Optional.empty();
    }

    private static Optional<Charset> inAttributes(String attributes) {
        boolean contentType = false;
        Optional<Charset> charset = Optional.empty();
        Optional<Charset> content = Optional.empty();
        Matcher attribute = ATTRIBUTE.matcher(attributes);
        while (attribute.find()) {
            String value = value(attribute);
            switch (attribute.group(1).toLowerCase(Locale.ROOT)) {
                case "charset" -> charset = usable(value);
                case "http-equiv" -> contentType = value.strip().equalsIgnoreCase("content-type");
                case "content" -> {
                    Matcher label = IN_CONTENT.matcher(value);
                    content = label.find() ? usable(label.group(1)) : Optional.empty();
                }
                default -> {}
            }
        }
        if (charset.isPresent()) {
            return charset;
        }
        return contentType ? content : Optional.empty();
    }

    private static String value(Matcher attribute) {
        for (int group = 2; group <= 4; group++) {
            String value = attribute.group(group);
            if (value != null) {
                return value;
            }
        }
        return "";
    }

    // A declaration that can be read byte by byte is not in UTF-16, whatever it says.
    private static Optional<Charset> usable(String label) {
        return CharsetLabels.find(label)
                .map(charset -> charset.name().startsWith("UTF-16") ? UTF_8 : charset);
    }

    private static int tagEnd(String text, int from) {
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && c == '>') {
                return i;
            }
            if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
        }
        return -1;
    }
}
