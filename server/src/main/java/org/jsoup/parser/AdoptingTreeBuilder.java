package org.jsoup.parser;

import java.util.ArrayList;
import java.util.Set;
import org.jsoup.internal.StringUtil;
import org.jsoup.nodes.Element;

/**
 * jsoup's tree builder with the adoption agency of the HTML standard (13.2.6.4.7), which decides
 * where misnested {@code <a>} and formatting elements end.
 *
 * <p>It knows the newer elements that are blocks ({@code main}, {@code search}, {@code dialog}),
 * too: where one begins or ends, open paragraphs end (13.2.6.4.7).
 *
 * <p>jsoup's own leaves the inner loop at the fourth element, so that words that follow go where
 * earlier ones stand, and makes copies without attributes, so that links lose their address. It is
 * in jsoup's package, for jsoup lets nobody else see a tag: {@code docs/adr/0032}.
 */
public final class AdoptingTreeBuilder extends HtmlTreeBuilder {

    private static final Set<String> NEWER_BLOCKS = Set.of("main", "search", "dialog");
    private static final int ROUNDS_MAX = 8;
    private static final int COPIES_MAX = 3;

    @Override
    HtmlTreeBuilder newInstance() {
        return new AdoptingTreeBuilder();
    }

    // jsoup keeps what is in a noscript as plain markup, apart from these rules.
    @Override
    protected boolean process(Token token) {
        if (state() == HtmlTreeBuilderState.InBody
                && isNewerBlock(token)
                && useCurrentOrForeignInsert(token)
                && !onStack("noscript")) {
            return newerBlock(token);
        }
        if (state() == HtmlTreeBuilderState.InBody
                && endsFormatting(token)
                && useCurrentOrForeignInsert(token)
                && !onStack("noscript")) {
            return end(token.asEndTag());
        }
        return super.process(token);
    }

    @Override
    boolean process(Token token, HtmlTreeBuilderState state) {
        if (state == HtmlTreeBuilderState.InBody && endsFormatting(token)) {
            return end(token.asEndTag());
        }
        if (state == HtmlTreeBuilderState.InBody && isNewerBlock(token)) {
            return newerBlock(token);
        }
        return super.process(token, state);
    }

    private static boolean endsFormatting(Token token) {
        return token.isEndTag()
                && StringUtil.inSorted(
                        token.asEndTag().normalName(),
                        HtmlTreeBuilderState.Constants.InBodyEndAdoptionFormatters);
    }

    private static boolean isNewerBlock(Token token) {
        return switch (token) {
            case Token.StartTag start -> NEWER_BLOCKS.contains(start.normalName());
            case Token.EndTag end -> NEWER_BLOCKS.contains(end.normalName());
            default -> false;
        };
    }

    private boolean newerBlock(Token token) {
        if (token.isStartTag()) {
            if (inButtonScope("p")) {
                generateImpliedEndTags("p");
                popStackToClose("p");
            }
            return super.process(token, HtmlTreeBuilderState.InBody);
        }
        String name = token.asEndTag().normalName();
        if (!inScope(name)) {
            return false;
        }
        generateImpliedEndTags();
        popStackToClose(name);
        return true;
    }

    private boolean end(Token.EndTag tag) {
        String subject = tag.normalName();
        Element current = currentElement();
        if (current.elementIs(subject, Parser.NamespaceHtml)
                && !formattingElements.contains(current)) {
            pop();
            return true;
        }
        for (int round = 0; round < ROUNDS_MAX; round++) {
            Element formatting = getActiveFormattingElement(subject);
            if (formatting == null) {
                return super.process(tag, HtmlTreeBuilderState.InBody); // any other end tag
            }
            int position = stack.lastIndexOf(formatting);
            if (position < 0) {
                removeFromActiveFormattingElements(formatting);
                return true;
            }
            if (!inScope(subject)) {
                return false;
            }
            int block = furthestBlock(position);
            if (block < 0) {
                while (stack.size() > position) {
                    pop();
                }
                removeFromActiveFormattingElements(formatting);
                return true;
            }
            adopt(formatting, position, block);
        }
        return true;
    }

    /** The highest special element below that position of the stack, or -1. */
    private int furthestBlock(int position) {
        for (int i = position + 1; i < stack.size(); i++) {
            if (isSpecial(stack.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** Moves the block out of the formatting element, and a copy of that into the block. */
    private void adopt(Element formatting, int position, int block) {
        ArrayList<Element> active = formattingElements;
        Element ancestor = stack.get(position - 1);
        Element furthest = stack.get(block);
        Element last = furthest;
        int bookmark = active.indexOf(formatting);
        for (int i = block - 1; i > position; i--) {
            Element node = stack.get(i);
            int entry = active.lastIndexOf(node);
            if (entry >= 0 && block - i <= COPIES_MAX) {
                Element copy = node.shallowClone();
                active.set(entry, copy);
                stack.set(i, copy);
                if (last.equals(furthest)) {
                    bookmark = entry + 1;
                }
                copy.appendChild(last);
                last = copy;
            } else {
                stack.remove(i);
                if (entry >= 0) {
                    active.remove(entry);
                    bookmark -= entry < bookmark ? 1 : 0;
                }
            }
        }
        insert(last, ancestor);
        Element adopted = formatting.shallowClone();
        adopted.appendChildren(furthest.childNodes());
        furthest.appendChild(adopted);
        active.add(bookmark, adopted);
        active.remove(formatting);
        stack.remove(formatting);
        stack.add(stack.lastIndexOf(furthest) + 1, adopted);
    }

    private void insert(Element element, Element parent) {
        if (isFosterInserts()
                && StringUtil.inSorted(
                        parent.normalName(), HtmlTreeBuilderState.Constants.InTableFoster)) {
            insertInFosterParent(element);
        } else {
            parent.appendChild(element);
        }
    }
}
