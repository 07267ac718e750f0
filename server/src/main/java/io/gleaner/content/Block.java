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
    int currencies;
    int sentences;
    int commas;
    int digits;
    int uppers;
    int strongChars;
    private int ideographs;

    /** 1 to 6 in a heading, otherwise 0. */
    int heading;

    /** Of its first words. */
    private long hash = WordHash.begin();

    char last = ' ';
    char first = ' ';

    /** So many of its first words are known to the lexicon's sums and kept. */
    int lexical;

    float lexiconSum;
    float lexiconMin;
    float lexiconMax;

    /** What the lexicon says of a short text as a whole. */
    float phrase;

    /** Where its first words stand in the {@link WordList} of the page. */
    final int firstWord;

    public @Nullable List<Long> recorded;

    Block(Area area, int index, int firstWord) {
        this.area = area;
        this.index = index;
        this.firstWord = firstWord;
    }

    /** Whether enough of its words are known; the rest is only counted. */
    boolean isKnown() {
        return lexical == LEXICON_WORDS;
    }

    /** Counts a character; words are counted when they end. */
    void letter(char c, byte kind) {
        switch (kind) {
            case Letters.BLANK -> {
                return;
            }
            case Letters.CAPITAL -> uppers++;
            case Letters.DIGIT -> digits++;
            case Letters.IDEOGRAPH -> words += ++ideographs % 2 == 0 ? 1 : 0;
            case Letters.STOP -> sentences++;
            case Letters.COMMA -> commas++;
            case Letters.CURRENCY -> currencies++;
            case Letters.SIGN -> hash = hash * 31 + c;
            default -> {}
        }
        if (chars++ == 0) {
            first = c;
        }
        last = c;
    }

    /**
     * Counts characters that nobody needs to know one by one.
     *
     * @param inWord 1 if the character before is one of a word, otherwise 0
     * @return the same of the last
     */
    int count(char[] text, int length, int inWord) {
        long sums = 0;
        int starts = 0;
        int before = inWord;
        for (int i = 0; i < length; i++) {
            byte kind = Letters.kind(text[i]);
            int letter = Letters.one(kind);
            starts += letter & ~before;
            before = letter;
            sums += Letters.counted(kind);
        }
        int ideographs = Letters.count(sums, Letters.IDEOGRAPH);
        words += starts + ideographs / 2;
        digits += Letters.count(sums, Letters.DIGIT);
        uppers += Letters.count(sums, Letters.CAPITAL);
        sentences += Letters.count(sums, Letters.STOP);
        commas += Letters.count(sums, Letters.COMMA);
        chars += length - Letters.count(sums, Letters.BLANK);
        last = lastIn(text, length);
        return before;
    }

    private char lastIn(char[] text, int length) {
        int i = length - 1;
        while (i >= 0 && Letters.kind(text[i]) == Letters.BLANK) {
            i--;
        }
        return i < 0 ? last : text[i];
    }

    /** One of its first words. */
    void word(Lexicon lexicon, long word, WordList all, boolean record) {
        words++;
        hash = hash * 31 + word;
        lexical++;
        all.add(word);
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

    /** The same for blocks that say the same: they begin with the same words and are as long. */
    long likeness() {
        return hash * 31 + chars;
    }

    float lexiconMean() {
        return lexical == 0 ? 0 : lexiconSum / lexical;
    }

    /** A few words of which one may be a date. */
    boolean isDated() {
        return digits >= 4 && digits <= 8 && words <= 6;
    }

    /** A few words with a number and a sign of currency. */
    boolean isPriced() {
        return words <= 8 && digits > 0 && currencies > 0;
    }

    boolean isLong() {
        return words >= LONG_WORDS;
    }
}
