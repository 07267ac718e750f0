package io.gleaner.extract;

import java.util.Locale;

/** What is done with a media type. */
public enum Parsing {
    /** Parsed into a tree: every product. */
    HTML,
    /** Parsed into a tree as XML is; then as the other. */
    XHTML,
    /** Read as HTML that is made of it. */
    PDF,
    /** Kept as it is. */
    TEXT,
    /** Not for us. */
    NONE;

    static Parsing of(String mediaType) {
        int parameters = mediaType.indexOf(';');
        String type =
                (parameters < 0 ? mediaType : mediaType.substring(0, parameters))
                        .strip()
                        .toLowerCase(Locale.ROOT);
        return switch (type) {
            case "text/html" -> HTML;
            case "application/xhtml+xml" -> XHTML;
            case "application/pdf", "application/x-pdf" -> PDF;
            case "application/json",
                    "application/ld+json",
                    "application/x-ndjson",
                    "application/xml",
                    "application/yaml",
                    "application/x-yaml",
                    "application/toml",
                    "application/sql",
                    "application/javascript",
                    "application/x-sh" ->
                    TEXT;
            default -> type.startsWith("text/") || isStructuredText(type) ? TEXT : NONE;
        };
    }

    /** RFC 6839 suffixes, but not SVG: that is a picture. */
    private static boolean isStructuredText(String type) {
        return (type.endsWith("+json") || type.endsWith("+xml")) && !type.startsWith("image/");
    }
}
