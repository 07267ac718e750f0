package io.gleaner.xpath;

import io.gleaner.select.Effort;
import io.gleaner.xpath.Evaluation.Context;
import java.util.Iterator;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Node;

/** An XPath 1.0 expression that selects nodes. */
public final class XPathSelector {

    private final Expression expression;

    private XPathSelector(Expression expression) {
        this.expression = expression;
    }

    /**
     * @throws io.gleaner.select.RefusedExpressionException when it is nested too deeply
     * @throws IllegalArgumentException when it is no expression, or selects no nodes
     */
    public static XPathSelector parse(String xpath) {
        var expression = Parser.parse(xpath);
        if (expression.type() != ValueType.NODES) {
            throw new IllegalArgumentException("it selects no nodes");
        }
        return new XPathSelector(expression);
    }

    /**
     * The matches in document order, without attributes; relative paths start at the root element.
     */
    public Iterator<Node> select(Document document, Effort effort) {
        var root = document.firstElementChild();
        var context = new Context(Item.of(root == null ? document : root), 1, 1);
        return new Evaluation(document, effort)
                .nodes(expression, context).stream()
                        .filter(item -> item.attribute() == null)
                        .map(Item::node)
                        .iterator();
    }
}
