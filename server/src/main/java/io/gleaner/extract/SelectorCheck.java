package io.gleaner.extract;

import io.gleaner.job.ContentSpec;
import io.gleaner.job.FieldSpec;
import io.gleaner.select.CssSelector;
import io.gleaner.select.RefusedExpressionException;
import io.gleaner.xpath.XPathSelector;
import java.util.List;
import java.util.function.Consumer;

/** Refuses selectors that could not be applied, before a job is stored with them. */
final class SelectorCheck {

    private static final int FIELDS_MAX = 100;
    private static final int TAGS_MAX = 100;
    private static final int SELECTOR_CHARS_MAX = 1_000;
    private static final String CSS = "a CSS selector such as \"article > h1\"";
    private static final String XPATH =
            "an XPath 1.0 expression that selects elements, such as \"//h1[@id]\"";

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
        check(field, css, CSS, CssSelector::parse);
    }

    private static void checkXpath(String field, String xpath) {
        check(field, xpath, XPATH, XPathSelector::parse);
    }

    private static void check(
            String field, String selector, String accepted, Consumer<String> parse) {
        checkLength(field, selector);
        try {
            parse.accept(selector);
        } catch (RefusedExpressionException e) {
            throw refused(field, selector, String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw refused(field, selector, accepted, e);
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
