package io.gleaner.xpath;

import io.gleaner.select.Effort;
import io.gleaner.select.Nodes;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.LeafNode;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** From one type to another (XPath 1.0, 4.2 to 4.4), paid for by the characters that are copied. */
final class Conversions {

    private static final Pattern NUMBER = Pattern.compile("-?(\\d+(\\.\\d*)?|\\.\\d+)");

    /** A longer one is not exact as a number anyway. */
    private static final int NUMBER_CHARS_MAX = 400;

    private final Effort effort;

    Conversions(Effort effort) {
        this.effort = effort;
    }

    String text(Value value) {
        return switch (value) {
            case Value.Text(var text) -> text;
            case Value.Numeric(var number) -> text(number);
            case Value.Truth(var truth) -> String.valueOf(truth);
            case Value.Nodes(var items) -> items.isEmpty() ? "" : text(items.getFirst());
        };
    }

    double number(Value value) {
        return switch (value) {
            case Value.Numeric(var number) -> number;
            case Value.Truth(var truth) -> truth ? 1 : 0;
            case Value.Text(var text) -> number(text);
            case Value.Nodes nodes -> number(text(nodes));
        };
    }

    static boolean truth(Value value) {
        return switch (value) {
            case Value.Truth(var truth) -> truth;
            case Value.Numeric(var number) -> number != 0 && !Double.isNaN(number);
            case Value.Text(var text) -> !text.isEmpty();
            case Value.Nodes(var items) -> !items.isEmpty();
        };
    }

    /** The string-value of a node (5). */
    String text(Item item) {
        var attribute = item.attribute();
        if (attribute != null) {
            effort.chars(attribute.getValue().length());
            return attribute.getValue();
        }
        if (item.node() instanceof LeafNode leaf) {
            effort.chars(leaf.nodeValue().length());
            return textOf(leaf);
        }
        var all = new StringBuilder();
        for (Node node = item.node(); node != null; node = Nodes.next(node, item.node())) {
            effort.step();
            if (node instanceof LeafNode leaf && !(leaf instanceof Comment)) {
                effort.chars(leaf.nodeValue().length());
                all.append(textOf(leaf));
            }
        }
        return all.toString();
    }

    double number(String text) {
        effort.chars(text.length());
        String stripped = text.strip();
        return stripped.length() <= NUMBER_CHARS_MAX && NUMBER.matcher(stripped).matches()
                ? Double.parseDouble(stripped)
                : Double.NaN;
    }

    private static String text(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "Infinity" : "-Infinity";
        }
        return number == Math.rint(number)
                ? new BigDecimal(number).toBigInteger().toString()
                : new BigDecimal(String.valueOf(number)).toPlainString();
    }

    private static String textOf(LeafNode leaf) {
        return switch (leaf) {
            case TextNode text -> text.getWholeText();
            case DataNode data -> data.getWholeData();
            case Comment comment -> comment.getData();
            default -> "";
        };
    }
}
