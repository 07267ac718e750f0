package io.gleaner.dom;

import java.util.Set;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * What a reader sees one click away: panels of tabs, and what unfolds under its own title. It is
 * content, though it is hidden; menus and dialogs, which open in the same way, are not.
 */
final class Panels {

    /** As WAI-ARIA and the usual frameworks name them. */
    private static final Set<String> NAMES =
            Set.of(
                    "tab-pane",
                    "tab-panel",
                    "tabpanel",
                    "accordion-body",
                    "accordion-content",
                    "accordion-panel",
                    "accordion-collapse");

    private static final Set<String> OTHER_ROLES =
            Set.of(
                    "menu",
                    "menubar",
                    "listbox",
                    "dialog",
                    "alertdialog",
                    "tooltip",
                    "status",
                    "alert",
                    "navigation",
                    "search");

    private static final int TITLE_LEVELS = 3;
    private static final int AROUND_LEVELS = 12;
    private static final int QUESTION_CHARS_MAX = 300;
    private static final int CLASS_CHARS_MAX = 1024;

    private Panels() {}

    static boolean isPanel(Element hidden) {
        String role = hidden.attr("role");
        if (role.equals("tabpanel")) {
            return true;
        }
        return switch (Role.of(hidden)) {
            case BLOCK, TERM ->
                    !OTHER_ROLES.contains(role)
                            && !isForOthers(hidden)
                            && (isNamed(hidden) || isUnderItsTitle(hidden))
                            && !isInNavigation(hidden);
            default -> false;
        };
    }

    /** Whether a button is the title of what unfolds under it. */
    static boolean isTitle(Element button) {
        if (!button.hasAttr("aria-expanded") || button.hasAttr("aria-haspopup")) {
            return false;
        }
        var panel = button.nextElementSibling();
        return panel != null
                && Role.of(panel) == Role.BLOCK
                && !OTHER_ROLES.contains(panel.attr("role"))
                && !isForOthers(panel)
                && opens(button, panel)
                && !isInNavigation(panel);
    }

    private static boolean isForOthers(Element element) {
        return switch (element.normalName()) {
            case "nav", "form", "dialog", "header", "footer", "aside" -> true;
            default -> element.attr("aria-modal").equals("true");
        };
    }

    private static boolean isNamed(Element element) {
        String classes = element.attr("class");
        if (classes.isEmpty() || classes.length() > CLASS_CHARS_MAX) {
            return false;
        }
        for (String name : classes.split("\\s+", -1)) {
            if (NAMES.contains(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUnderItsTitle(Element element) {
        var title = element.previousElementSibling();
        if (title == null) {
            return false;
        }
        @Nullable Element control = title;
        for (int level = 0; control != null && level < TITLE_LEVELS; level++) {
            if (opens(control, element)) {
                return true;
            }
            control = control.firstElementChild();
        }
        return isQuestion(title);
    }

    private static boolean opens(Element control, Element panel) {
        if (control.attributesSize() == 0 || control.hasAttr("aria-haspopup")) {
            return false;
        }
        String controls = control.attr("aria-controls");
        return control.hasText()
                && (controls.isEmpty()
                        ? control.hasAttr("aria-expanded")
                        : controls.equals(panel.id()) || panel.id().isEmpty());
    }

    private static boolean isQuestion(Element title) {
        if (Role.of(title).equals(Role.HIDDEN) || title.childNodeSize() == 0) {
            return false;
        }
        String text = title.text().strip();
        if (text.isEmpty() || text.length() > QUESTION_CHARS_MAX) {
            return false;
        }
        return switch (text.charAt(text.length() - 1)) {
            case '?', '？', '؟', ';' -> isAsked(text);
            default -> false;
        };
    }

    /** Greek asks by a semicolon; so does much else. */
    private static boolean isAsked(String text) {
        return !text.endsWith(";")
                || text.chars()
                        .anyMatch(
                                c ->
                                        Character.UnicodeScript.of(c)
                                                == Character.UnicodeScript.GREEK);
    }

    private static boolean isInNavigation(Element element) {
        var around = element.parent();
        for (int level = 0; around != null && level < AROUND_LEVELS; level++) {
            boolean isBeside = around.normalName().equals("aside");
            if ((isForOthers(around) && !isBeside) || OTHER_ROLES.contains(around.attr("role"))) {
                return true;
            }
            around = around.parent();
        }
        return false;
    }
}
