package io.gleaner.write;

import java.util.List;
import java.util.Locale;
import org.jsoup.nodes.Element;

/**
 * A formula as TeX: the source that the page has of it, or what its MathML comes to. Only what
 * changes the value of a formula is written with commands: fractions, powers, indices, roots.
 */
final class MathText {

    private static final int DEPTH_MAX = 24;

    private MathText() {}

    /** One line; empty if there is no formula. */
    static String of(Element math) {
        if (isScript(math)) {
            return Escape.oneLine(math.data());
        }
        String source = Escape.oneLine(math.attr("alttext"));
        if (source.isEmpty()) {
            for (Element annotation : math.select("annotation")) {
                if (annotation.attr("encoding").toLowerCase(Locale.ROOT).contains("tex")) {
                    source = Escape.oneLine(annotation.wholeText());
                }
            }
        }
        return source.isEmpty() ? Escape.oneLine(row(math.children(), 0)) : source;
    }

    /** Whether it is the TeX that MathJax 2 makes its drawing from. */
    static boolean isScript(Element element) {
        return element.normalName().equals("script") && element.attr("type").startsWith("math/tex");
    }

    private static String row(List<Element> children, int depth) {
        var text = new StringBuilder();
        for (Element child : children) {
            text.append(element(child, depth));
        }
        return text.toString();
    }

    private static String element(Element element, int depth) {
        List<Element> children = element.children();
        String name = element.normalName();
        if (depth > DEPTH_MAX) {
            return element.text();
        }
        if (children.isEmpty()) {
            return leaf(name, element.text());
        }
        int down = depth + 1;
        return switch (name) {
            case "annotation", "annotation-xml" -> "";
            case "msup", "mover" -> part(children, 0, down) + "^" + braced(children, 1, down);
            case "msub", "munder" -> part(children, 0, down) + "_" + braced(children, 1, down);
            case "msubsup", "munderover" ->
                    part(children, 0, down)
                            + "_"
                            + braced(children, 1, down)
                            + "^"
                            + braced(children, 2, down);
            case "mfrac" -> "\\frac" + braces(children, 0, down) + braces(children, 1, down);
            case "msqrt" -> "\\sqrt{" + row(children, down) + "}";
            case "mroot" -> "\\sqrt[" + part(children, 1, down) + "]" + braces(children, 0, down);
            case "mfenced" -> "(" + row(children, down) + ")";
            case "mtr" -> row(children, down) + "; ";
            case "mtd" -> row(children, down) + " ";
            default -> row(children, down);
        };
    }

    private static String leaf(String name, String text) {
        return switch (name) {
            case "annotation", "annotation-xml" -> "";
            case "mtext" -> " " + text + " ";
            case "mo" ->
                    text.length() == 1 && "=<>+−-×·≤≥≈".contains(text) ? " " + text + " " : text;
            default -> text;
        };
    }

    private static String part(List<Element> children, int n, int depth) {
        return n < children.size() ? element(children.get(n), depth).strip() : "";
    }

    /** In braces, unless it is one character. */
    private static String braced(List<Element> children, int n, int depth) {
        String part = part(children, n, depth);
        return part.length() == 1 ? part : "{" + part + "}";
    }

    private static String braces(List<Element> children, int n, int depth) {
        return "{" + part(children, n, depth) + "}";
    }
}
