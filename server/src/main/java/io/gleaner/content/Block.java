package io.gleaner.content;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/** A run of text that stands on lines of its own: what is chosen or left out as one. */
public final class Block {

    static final int LONG_WORDS = 15;
    private static final int LEXICON_WORDS = 12;
    private static final int PHRASE_WORDS = 8;
    private static final long PHRASE = 0x517cc1b727220a95L;

    public final Area area;
    final int index;
    public final List<TextNode> texts = new ArrayList<>(2);

    int chars;
    public int words;
    int linkChars;
    int links;
    int sentences;
    int commas;
    int digits;
    int uppers;
    int strongChars;

    /** 1 to 6 in a heading, otherwise 0. */
    int heading;

    long hash = WordHash.begin();
    char last = ' ';
    char first = ' ';
    int lexical;
    float lexiconSum;
    float lexiconMin;
    float lexiconMax;

    /** What the lexicon says of a short text as a whole. */
    float phrase;

    public @Nullable List<Long> recorded;

    Block(Area area, int index) {
        this.area = area;
        this.index = index;
    }

    void word(Lexicon lexicon, long word, boolean record) {
        words++;
        hash = hash * 31 + word;
        if (lexical == LEXICON_WORDS) {
            return;
        }
        lexical++;
        float weight = lexicon.weight(word);
        lexiconSum += weight;
        lexiconMin = Math.min(lexiconMin, weight);
        lexiconMax = Math.max(lexiconMax, weight);
        if (record) {
            if (recorded == null) {
                recorded = new ArrayList<>();
            }
            recorded.add(word);
        }
    }

    /** Its text in one line. */
    public String text() {
        var text = new StringBuilder();
        texts.forEach(node -> text.append(node.getWholeText()));
        return text.toString().strip();
    }

    /** All of a short text is one word more. */
    void end(Lexicon lexicon, boolean record) {
        if (words > 0 && words <= PHRASE_WORDS) {
            long word = hash ^ PHRASE;
            phrase = lexicon.weight(word);
            if (record && recorded != null) {
                recorded.add(word);
            }
        }
    }

    float linkShare() {
        return chars == 0 ? 0 : (float) linkChars / chars;
    }

    boolean isLong() {
        return words >= LONG_WORDS;
    }
}
