package io.gleaner.extract;

import io.gleaner.job.ContentSpec;
import io.gleaner.job.FieldSpec;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Node;
import org.jsoup.select.QueryParser;

/** Refuses selectors that could not be applied, before a job is stored with them. */
final class SelectorCheck {

    private static final int FIELDS_MAX = 100;
    private static final int TAGS_MAX = 100;
    private static final int SELECTOR_CHARS_MAX = 1_000;
    private static final String CSS = "a CSS selector such as \"article > h1\"";
    private static final String XPATH =
            "an XPath 1.0 expression that selects elements, such as \"//h1[@id]\"";

    private static final Pattern LITERAL = Pattern.compile("'[^']*'|\"[^\"]*\"");
    private static final Pattern CALL = Pattern.compile("([\\w.:-]+)\\s*\\(");

    /** What may stand before a parenthesis: XPath 1.0's functions, node tests and operators. */
    private static final Set<String> CALLABLE =
            Set.of(
                    ("last position count id local-name namespace-uri name string concat"
                         + " starts-with contains substring-before substring-after substring"
                         + " string-length normalize-space translate boolean not true false lang"
                         + " number sum floor ceiling round text node comment"
                         + " processing-instruction and or div mod")
                            .split(" ", -1));

    private SelectorCheck() {}

    static void check(ContentSpec spec) {
        if (spec.fields().size() > FIELDS_MAX) {
            throw refused("fields", "" + spec.fields().size(), "at most " + FIELDS_MAX);
        }
        spec.fields().forEach(SelectorCheck::checkField);
        checkTags("includeTags", spec.includeTags());
        checkTags("excludeTags", spec.excludeTags());
    }

    private static void checkTags(String name, List<String> selectors) {
        if (selectors.size() > TAGS_MAX) {
            throw refused(name, "" + selectors.size(), "at most " + TAGS_MAX);
        }
        for (int i = 0; i < selectors.size(); i++) {
            checkCss("%s[%d]".formatted(name, i), selectors.get(i));
        }
    }

    private static void checkField(String name, FieldSpec field) {
        if (field.css() != null) {
            checkCss("fields.%s.css".formatted(name), field.css());
        }
        if (field.xpath() != null) {
            checkXpath("fields.%s.xpath".formatted(name), field.xpath());
        }
        var attribute = field.attribute();
        if (attribute != null && (attribute.isBlank() || attribute.length() > SELECTOR_CHARS_MAX)) {
            throw refused("fields.%s.attribute".formatted(name), attribute, "an attribute's name");
        }
    }

    private static void checkCss(String field, String css) {
        checkLength(field, css);
        try {
            QueryParser.parse(css);
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw refused(field, css, CSS, e);
        }
    }

    private static void checkXpath(String field, String xpath) {
        checkLength(field, xpath);
        // Unknown functions and variables would only show on a page where they are reached.
        String code = LITERAL.matcher(xpath).replaceAll("''");
        var calls = CALL.matcher(code);
        while (calls.find()) {
            if (!CALLABLE.contains(calls.group(1))) {
                throw refused(field, xpath, XPATH);
            }
        }
        if (code.indexOf('$') >= 0) {
            throw refused(field, xpath, XPATH);
        }
        try {
            Document.createShell("http://example.invalid/").selectXpath(xpath, Node.class);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw refused(field, xpath, XPATH, e);
        }
    }

    private static void checkLength(String field, String selector) {
        if (selector.isBlank() || selector.length() > SELECTOR_CHARS_MAX) {
            throw refused(field, selector, "1 to %,d characters".formatted(SELECTOR_CHARS_MAX));
        }
    }

    private static IllegalArgumentException refused(String field, String value, String accepted) {
        return new IllegalArgumentException(message(field, value, accepted));
    }

    private static IllegalArgumentException refused(
            String field, String value, String accepted, Exception cause) {
        return new IllegalArgumentException(message(field, value, accepted), cause);
    }

    private static String message(String field, String value, String accepted) {
        String shown = value.length() > 100 ? value.substring(0, 100) + "…" : value;
        return "%s must be %s: \"%s\"".formatted(field, accepted, shown);
    }
}
