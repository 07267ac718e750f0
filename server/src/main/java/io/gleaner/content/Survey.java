package io.gleaner.content;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is counted over all blocks of a page before one of them is looked at. */
final class Survey {

    final List<Block> blocks;
    final PageFacts facts;
    final WordList words;
    final LongTable titleWords;
    final LongTable describing;
    final LongTable told;

    /** Of blocks that stand on one way of tags through the tree. */
    final List<TagPath> paths = new ArrayList<>();

    final TagPath[] pathOf;

    /** Of each block so many others say the same, itself included. */
    private final int[] copyOf;

    private final int[] copies;
    final int[] charsBefore;

    /** Index of the last heading before each block; -1 if there is none. */
    final int[] headingBefore;

    /** Index of the block that is the page's title; negative if there is none. */
    final int title;

    int chars;
    int linkChars;
    int longChars;
    int longBlocks;
    int headings;
    int sentences;
    int articles;
    int mains;
    int controls;
    int images;
    int cells;
    int items;
    int quotes;
    int dated;
    int priced;
    int repeated;

    /** Those that repeat and have the most text. */
    @Nullable Likes most;

    /** Blocks of one tag path. */
    static final class TagPath {
        final int index;
        int blocks;
        int chars;
        int linkChars;
        int words;

        private TagPath(int index) {
            this.index = index;
        }

        private void add(Block block) {
            blocks++;
            chars += block.chars;
            linkChars += block.linkChars;
            words += block.words;
        }
    }

    Survey(Outline outline, PageFacts facts) {
        this.blocks = outline.blocks;
        this.facts = facts;
        this.words = outline.words;
        int count = blocks.size();
        pathOf = new TagPath[count];
        copyOf = new int[count];
        copies = new int[count];
        charsBefore = new int[count + 1];
        headingBefore = new int[count];
        titleWords = words(facts.title());
        describing = words(facts.description());
        told = LongTable.of(facts.told());
        over(outline.areas);
        title = over();
    }

    private void over(List<Area> areas) {
        for (Area area : areas) {
            if (area.blocks() > 0) {
                int own = area.own();
                articles += (own & Area.ARTICLE) != 0 ? 1 : 0;
                mains += (own & Area.MAIN) != 0 ? 1 : 0;
                if (area.likes.units >= 3
                        && area.likes.chars > (most == null ? 0 : most.chars)
                        && area.parent != null) {
                    most = area.likes;
                }
                repeated += area.likes.units >= 4 && area.words >= 5 ? 1 : 0;
            }
        }
        areas.forEach(area -> area.close(most));
        if (!areas.isEmpty()) {
            controls = areas.getFirst().controls;
            images = areas.getFirst().images;
        }
    }

    /** Returns the title: the heading that is most like what the page says it is called. */
    private int over() {
        var texts = new LongTable();
        var tagPaths = new LongTable();
        int lastHeading = -1;
        int likest = -1;
        double most = 0;
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            charsBefore[i] = chars;
            headingBefore[i] = lastHeading;
            count(block);
            if (block.heading > 0) {
                headings++;
                lastHeading = i;
                double likeness = likeTitle(block);
                if (likeness > most) {
                    most = likeness;
                    likest = i;
                }
            }
            copyOf[i] = texts.add(block.likeness());
            copies[copyOf[i]]++;
            int place = tagPaths.add(path(block));
            if (place == paths.size()) {
                paths.add(new TagPath(place));
            }
            pathOf[i] = paths.get(place);
            pathOf[i].add(block);
        }
        charsBefore[blocks.size()] = chars;
        return likest;
    }

    private double likeTitle(Block heading) {
        double likeness = likeness(heading, titleWords);
        return heading.heading == 1 ? 2 * likeness + 0.1 : likeness;
    }

    private void count(Block block) {
        chars += block.chars;
        linkChars += block.linkChars;
        sentences += block.sentences;
        if (block.isLong()) {
            longBlocks++;
            longChars += block.chars;
        }
        int kinds = block.area.kinds;
        cells += (kinds & Area.TABLE) != 0 ? 1 : 0;
        items += (kinds & Area.LIST) != 0 ? 1 : 0;
        quotes += (kinds & Area.QUOTE) != 0 ? 1 : 0;
        dated += block.isDated() ? 1 : 0;
        priced += block.isPriced() ? 1 : 0;
    }

    private static long path(Block block) {
        return block.area.path * 31 + block.area.shape + block.heading;
    }

    private static LongTable words(String text) {
        var words = new LongTable();
        WordHash.each(text, words::add);
        return words;
    }

    /** So many blocks of the page say the same as this one. */
    int copies(int i) {
        return copies[copyOf[i]];
    }

    /** The share of a block's words that others have, too; of a long one its first are compared. */
    double likeness(Block block, LongTable others) {
        if (others.size() == 0 || block.words == 0) {
            return 0;
        }
        int same = 0;
        for (int i = 0; i < block.lexical; i++) {
            same += others.has(words.get(block.firstWord + i)) ? 1 : 0;
        }
        return (double) same / Math.max(block.words, Math.min(others.size(), 6));
    }

    /**
     * The share of its words in a row that the page's structured data has, too; -1 if it cannot be
     * told.
     */
    double told(Block block) {
        if (told.size() == 0 || block.lexical < 3) {
            return -1;
        }
        int same = 0;
        int first = block.firstWord;
        for (int i = first + 2; i < first + block.lexical; i++) {
            long triple = WordHash.triple(words.get(i - 2), words.get(i - 1), words.get(i));
            same += told.has(triple) ? 1 : 0;
        }
        return (double) same / (block.lexical - 2);
    }
}
