package io.gleaner.xpath;

import io.gleaner.select.Effort;
import io.gleaner.select.Nodes;
import io.gleaner.xpath.Evaluation.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jspecify.annotations.Nullable;

/** What the functions of XPath 1.0 come to (chapter 4). */
final class Calls {

    private static final Pattern SPACES = Pattern.compile("[ \\t\\r\\n]+");

    private final Document document;
    private final Effort effort;
    private final Conversions conversions;

    Calls(Document document, Effort effort, Conversions conversions) {
        this.document = document;
        this.effort = effort;
        this.conversions = conversions;
    }

    Value of(Function function, List<Value> arguments, Context context) {
        return switch (function) {
            case LAST -> new Value.Numeric(context.size());
            case POSITION -> new Value.Numeric(context.position());
            case COUNT -> new Value.Numeric(items(arguments, context).size());
            case ID -> new Value.Nodes(withIds(arguments.getFirst()));
            case LOCAL_NAME, NAME -> {
                var items = items(arguments, context);
                yield new Value.Text(items.isEmpty() ? "" : items.getFirst().name());
            }
            case NAMESPACE_URI -> new Value.Text("");
            case STRING -> new Value.Text(text(arguments, context));
            case CONCAT -> new Value.Text(concat(arguments));
            case STARTS_WITH -> new Value.Truth(text(arguments, 0).startsWith(text(arguments, 1)));
            case CONTAINS -> new Value.Truth(indexOf(arguments) >= 0);
            case SUBSTRING_BEFORE -> {
                int at = indexOf(arguments);
                yield new Value.Text(at < 0 ? "" : text(arguments, 0).substring(0, at));
            }
            case SUBSTRING_AFTER -> {
                int at = indexOf(arguments);
                yield new Value.Text(
                        at < 0
                                ? ""
                                : text(arguments, 0).substring(at + text(arguments, 1).length()));
            }
            case SUBSTRING -> new Value.Text(substring(arguments));
            case STRING_LENGTH -> new Value.Numeric(text(arguments, context).length());
            case NORMALIZE_SPACE -> new Value.Text(normalized(text(arguments, context)));
            case TRANSLATE -> new Value.Text(translated(arguments));
            case BOOLEAN -> new Value.Truth(Conversions.truth(arguments.getFirst()));
            case NOT -> new Value.Truth(!Conversions.truth(arguments.getFirst()));
            case TRUE -> new Value.Truth(true);
            case FALSE -> new Value.Truth(false);
            case LANG -> new Value.Truth(speaks(context.item().node(), text(arguments, 0)));
            case NUMBER ->
                    new Value.Numeric(
                            arguments.isEmpty()
                                    ? conversions.number(conversions.text(context.item()))
                                    : conversions.number(arguments.getFirst()));
            case SUM -> {
                double sum = 0;
                for (var item : items(arguments, context)) {
                    sum += conversions.number(conversions.text(item));
                }
                yield new Value.Numeric(sum);
            }
            case FLOOR -> new Value.Numeric(Math.floor(number(arguments, 0)));
            case CEILING -> new Value.Numeric(Math.ceil(number(arguments, 0)));
            case ROUND -> new Value.Numeric(round(number(arguments, 0)));
        };
    }

    private static List<Item> items(List<Value> arguments, Context context) {
        if (arguments.isEmpty()) {
            return List.of(context.item());
        }
        return arguments.getFirst() instanceof Value.Nodes(var items) ? items : List.of();
    }

    private String text(List<Value> arguments, Context context) {
        return arguments.isEmpty() ? conversions.text(context.item()) : text(arguments, 0);
    }

    private String text(List<Value> arguments, int index) {
        String text = conversions.text(arguments.get(index));
        effort.chars(text.length());
        return text;
    }

    private double number(List<Value> arguments, int index) {
        return conversions.number(arguments.get(index));
    }

    private String concat(List<Value> arguments) {
        var all = new StringBuilder();
        for (int i = 0; i < arguments.size(); i++) {
            all.append(text(arguments, i));
        }
        return all.toString();
    }

    /** At worst one text is compared at every place of the other. */
    private int indexOf(List<Value> arguments) {
        String text = text(arguments, 0);
        String wanted = text(arguments, 1);
        effort.chars((long) text.length() * (1 + wanted.length() / 64));
        return text.indexOf(wanted);
    }

    private String substring(List<Value> arguments) {
        String text = text(arguments, 0);
        double from = round(number(arguments, 1));
        double to =
                arguments.size() < 3
                        ? Double.POSITIVE_INFINITY
                        : from + round(number(arguments, 2));
        var part = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (i + 1 >= from && i + 1 < to) {
                part.append(text.charAt(i));
            }
        }
        return part.toString();
    }

    private static String normalized(String text) {
        String single = SPACES.matcher(text).replaceAll(" ");
        int from = single.startsWith(" ") ? 1 : 0;
        int to = single.endsWith(" ") ? single.length() - 1 : single.length();
        return from >= to ? "" : single.substring(from, to);
    }

    private String translated(List<Value> arguments) {
        String text = text(arguments, 0);
        String from = text(arguments, 1);
        String to = text(arguments, 2);
        Map<Character, @Nullable Character> mapped = new HashMap<>();
        for (int i = 0; i < from.length(); i++) {
            if (!mapped.containsKey(from.charAt(i))) {
                mapped.put(from.charAt(i), i < to.length() ? to.charAt(i) : null);
            }
        }
        var all = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            Character other = mapped.get(c);
            if (other != null) {
                all.append(other.charValue());
            } else if (!mapped.containsKey(c)) {
                all.append(c);
            }
        }
        return all.toString();
    }

    private List<Item> withIds(Value ids) {
        var wanted = new ArrayList<String>();
        if (ids instanceof Value.Nodes(var items)) {
            items.forEach(item -> wanted.addAll(words(conversions.text(item))));
        } else {
            wanted.addAll(words(conversions.text(ids)));
        }
        var known = Set.copyOf(wanted);
        var found = new ArrayList<Item>();
        for (Node node = document; node != null; node = Nodes.next(node, document)) {
            effort.step();
            if (node instanceof Element element && known.contains(element.id())) {
                found.add(Item.of(element));
            }
        }
        return found;
    }

    private static List<String> words(String text) {
        return List.of(SPACES.split(text.strip()));
    }

    private boolean speaks(Node node, String wanted) {
        for (Node at = node; at != null; at = at.parent()) {
            effort.step();
            String lang = at.hasAttr("xml:lang") ? at.attr("xml:lang") : at.attr("lang");
            if (!lang.isEmpty()) {
                String spoken = lang.toLowerCase(Locale.ROOT);
                String asked = wanted.toLowerCase(Locale.ROOT);
                return spoken.equals(asked) || spoken.startsWith(asked + "-");
            }
        }
        return false;
    }

    private static double round(double number) {
        return Double.isNaN(number) || Double.isInfinite(number)
                ? number
                : Math.floor(number + 0.5);
    }
}
