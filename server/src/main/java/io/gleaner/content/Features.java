package io.gleaner.content;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of each block of a page, as numbers. */
public final class Features {

    private static final int LEVELS = 4;
    private static final int APART_MAX = 16;

    private final List<Block> blocks;
    private final PageFacts facts;
    private final Map<Long, Path> paths = new HashMap<>();
    private final Map<Long, Integer> copies = new HashMap<>();
    private final LongTable titleWords;
    private final LongTable describing;
    private final LongTable told;
    private final int titleSize;
    private final int describingSize;

    private float[] pageRow = {};
    private final Path[] pathOf;
    private final int[] charsBefore;
    private final int[] headingBefore;
    private final int[] longBefore;
    private final int[] longAfter;
    private final int top;
    private int chars;
    private int linkChars;
    private int longChars;
    private int longBlocks;
    private int headings;
    private int sentences;
    private int articles;
    private int mains;
    private int controls;
    private int images;
    private int cells;
    private int items;
    private int quotes;
    private int dated;
    private int priced;
    private int repeated;
    private @Nullable Likes most;

    /** Blocks of one tag path. */
    private static final class Path {
        int blocks;
        int chars;
        int linkChars;
        int words;
        double score;
        double scoreChars;
    }

    public Features(Outline outline, PageFacts facts) {
        this.blocks = outline.blocks;
        this.facts = facts;
        int count = blocks.size();
        pathOf = new Path[count];
        charsBefore = new int[count + 1];
        headingBefore = new int[count];
        longBefore = new int[count];
        longAfter = new int[count];
        long[] title = words(facts.title());
        long[] description = words(facts.description());
        titleWords = new LongTable(title);
        titleSize = title.length;
        describing = new LongTable(description);
        describingSize = description.length;
        told = new LongTable(facts.told());
        for (Area area : outline.areas) {
            if (area.blocks() > 0) {
                int own = area.kinds & ~(area.parent == null ? 0 : area.parent.kinds);
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
        outline.areas.forEach(area -> area.close(most));
        if (!outline.areas.isEmpty()) {
            controls = outline.areas.getFirst().controls;
            images = outline.areas.getFirst().images;
        }
        int lastHeading = -1;
        int lastLong = -1;
        int first = -1;
        double bestTitle = 0;
        for (int i = 0; i < count; i++) {
            Block block = blocks.get(i);
            charsBefore[i] = chars;
            headingBefore[i] = lastHeading;
            longBefore[i] = lastLong;
            chars += block.chars;
            linkChars += block.linkChars;
            sentences += block.sentences;
            if (block.heading > 0) {
                headings++;
                lastHeading = i;
                double likeness =
                        likeness(block, titleWords, titleSize) * (block.heading == 1 ? 2 : 1);
                if (block.heading == 1) {
                    likeness += 0.1;
                }
                if (likeness > bestTitle) {
                    bestTitle = likeness;
                    first = i;
                }
            }
            if (block.isLong()) {
                longBlocks++;
                longChars += block.chars;
                lastLong = i;
            }
            cells += (block.area.kinds & Area.TABLE) != 0 ? 1 : 0;
            items += (block.area.kinds & Area.LIST) != 0 ? 1 : 0;
            quotes += (block.area.kinds & Area.QUOTE) != 0 ? 1 : 0;
            dated += isDated(block) ? 1 : 0;
            priced += isPriced(block) ? 1 : 0;
            copies.merge(block.hash, 1, Integer::sum);
            Path path = paths.computeIfAbsent(path(block), _ -> new Path());
            pathOf[i] = path;
            path.blocks++;
            path.chars += block.chars;
            path.linkChars += block.linkChars;
            path.words += block.words;
        }
        charsBefore[count] = chars;
        top = first;
        int next = count;
        for (int i = count - 1; i >= 0; i--) {
            longAfter[i] = next;
            if (blocks.get(i).isLong()) {
                next = i;
            }
        }
    }

    private static long path(Block block) {
        return block.area.path * 31 + block.area.shape + block.heading;
    }

    private static long[] words(String text) {
        return Arrays.stream(text.split("[^\\p{L}\\p{N}]+", -1))
                .filter(word -> !word.isEmpty())
                .mapToLong(WordHash::of)
                .distinct()
                .sorted()
                .toArray();
    }

    private static double likeness(Block block, LongTable others, int size) {
        if (size == 0 || block.words == 0) {
            return 0;
        }
        int same = 0;
        int all = 0;
        long word = WordHash.begin();
        boolean in = false;
        for (var node : block.texts) {
            String text = node.getWholeText();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (Character.isLetterOrDigit(c)) {
                    word = WordHash.add(word, Character.toLowerCase(c));
                    in = true;
                } else if (in) {
                    all++;
                    same += others.has(word) ? 1 : 0;
                    word = WordHash.begin();
                    in = false;
                }
            }
            if (in) {
                all++;
                same += others.has(word) ? 1 : 0;
                word = WordHash.begin();
                in = false;
            }
        }
        return all == 0 ? 0 : (double) same / Math.max(all, Math.min(size, 6));
    }

    /** The share of its words in a row that the page's structured data has, too. */
    private double told(Block block) {
        if (facts.told().length == 0 || block.words < 3) {
            return -1;
        }
        int[] counts = new int[2];
        for (var node : block.texts) {
            WordHash.triples(
                    node.getWholeText(),
                    triple -> {
                        counts[0]++;
                        counts[1] += told.has(triple) ? 1 : 0;
                    });
        }
        return counts[0] == 0 ? -1 : (double) counts[1] / counts[0];
    }

    private static boolean isDated(Block block) {
        return block.digits >= 4 && block.digits <= 8 && block.words <= 6;
    }

    private static boolean isPriced(Block block) {
        if (block.words > 8 || block.digits == 0) {
            return false;
        }
        for (var node : block.texts) {
            String text = node.getWholeText();
            for (int i = 0; i < text.length(); i++) {
                if (Character.getType(text.charAt(i)) == Character.CURRENCY_SYMBOL) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Index of the block that is the page's title; negative if there is none. */
    int title() {
        return top;
    }

    public int count() {
        return blocks.size();
    }

    /** Of the page as a whole. */
    public void page(Row row) {
        if (pageRow.length == 0) {
            var once = new Row();
            compute(once);
            pageRow = once.copy();
        }
        row.addAll(pageRow);
    }

    private void compute(Row row) {
        int count = Math.max(1, blocks.size());
        double all = Math.max(1, chars);
        row.add("page chars", Math.log1p(chars));
        row.add("page blocks", Math.log1p(blocks.size()));
        row.add("page link share", linkChars / all);
        row.add("page long share", longChars / all);
        row.add("page long blocks", longBlocks);
        row.add("page headings", (double) headings / count);
        row.add("page sentences", 100.0 * sentences / all);
        row.add("page articles", articles);
        row.add("page mains", mains);
        row.add("page controls", controls);
        row.add("page images", Math.log1p(images));
        row.add("page cells", (double) cells / count);
        row.add("page items", (double) items / count);
        row.add("page quotes", quotes);
        row.add("page dates", dated);
        row.add("page prices", priced);
        row.add("page repeated", Math.log1p(repeated));
        row.add("page title at", top < 0 ? -1 : charsBefore[top] / all);
        Likes group = most == null ? new Likes() : most;
        row.add("group share", group.chars / all);
        row.add("group units", group.units);
        row.add("group words", group.wordsOfOne());
        row.add("group link share", group.linkShare());
        row.add("group long share", (double) group.longChars / Math.max(1, group.chars));
        row.add("group images", (double) group.images / Math.max(1, group.units));
        row.add(
                "og type",
                switch (facts.ogType()) {
                    case "" -> 0;
                    case "article", "blog", "news" -> 1;
                    case "website" -> 2;
                    case "product", "og:product", "product.item", "product.group" -> 3;
                    default -> 4;
                });
        row.flag(
                "has article",
                has(
                        "article",
                        "newsarticle",
                        "blogposting",
                        "report",
                        "techarticle",
                        "scholarlyarticle"));
        row.flag("has product", has("product", "productgroup", "offer"));
        row.flag(
                "has collection",
                has("collectionpage", "itemlist", "searchresultspage", "offercatalog"));
        row.flag(
                "has forum",
                has("discussionforumposting", "qapage", "question", "socialmediaposting"));
        row.flag("has faq", has("faqpage"));
        row.flag(
                "has organization", has("organization", "localbusiness", "corporation", "service"));
        row.flag(
                "has app",
                has("softwareapplication", "webapplication", "softwaresourcecode", "apireference"));
        row.flag("has recipe", has("recipe", "howto"));
        row.flag("has breadcrumbs", has("breadcrumblist"));
    }

    private boolean has(String... types) {
        for (String type : types) {
            if (facts.types().contains(type)) {
                return true;
            }
        }
        return false;
    }

    /** Of one block, with its page and the likely types of that. */
    public void whole(int i, float[] types, Row row) {
        page(row);
        blockAndTypes(i, types, row);
    }

    /** The same behind the page, which is in the row already. */
    void blockAndTypes(int i, float[] types, Row row) {
        block(i, row);
        for (int t = 0; t < types.length; t++) {
            row.add("type", types[t]);
        }
    }

    /** Of one block. */
    public void block(int i, Row row) {
        Block block = blocks.get(i);
        double all = Math.max(1, chars);
        own(block, row);
        row.add("copies", copies.getOrDefault(block.hash, 1));
        row.add("like title", likeness(block, titleWords, titleSize));
        row.add("like description", likeness(block, describing, describingSize));
        row.add("told", told(block));
        row.add("before", charsBefore[i] / all);
        row.add("before, chars", Math.log1p(charsBefore[i]));
        row.add("after, chars", Math.log1p(chars - charsBefore[i] - block.chars));
        row.add("index", (double) i / blocks.size());
        row.add("since title, blocks", top < 0 ? -9 : i - top);
        row.add("since title, chars", top < 0 ? -9 : signedLog(charsBefore[i] - charsBefore[top]));
        int heading = headingBefore[i];
        row.add("since heading, blocks", heading < 0 ? 999 : i - heading);
        row.add(
                "since heading, chars",
                heading < 0 ? 99 : Math.log1p(charsBefore[i] - charsBefore[heading]));
        row.add("last heading", heading < 0 ? 0 : blocks.get(heading).heading);
        row.add("last heading links", heading < 0 ? 0 : blocks.get(heading).linkShare());
        row.add("last heading lexicon", heading < 0 ? 0 : blocks.get(heading).lexiconSum);
        row.add("last heading phrase", heading < 0 ? 0 : blocks.get(heading).phrase);
        row.add("since long", longBefore[i] < 0 ? 999 : i - longBefore[i]);
        row.add("until long", longAfter[i] - i);
        kinds(block.area, row);
        areas(block, row, all);
        row.flag("in group", block.area.inGroup);
        Path path = pathOf[i];
        row.add("path blocks", Math.log1p(path.blocks));
        row.add("path share", path.chars / all);
        row.add("path words", (double) path.words / path.blocks);
        row.add("path link share", (double) path.linkChars / Math.max(1, path.chars));
        for (int by : NEAR) {
            neighbour(i, by, row);
        }
    }

    private static final int[] NEAR = {-2, -1, 1, 2};

    private static double signedLog(int value) {
        return Math.signum(value) * Math.log1p(Math.abs(value));
    }

    private static void own(Block block, Row row) {
        double chars = Math.max(1, block.chars);
        row.add("words", block.words);
        row.add("chars", block.chars);
        row.add("link share", block.linkShare());
        row.add("links", block.links);
        row.add("chars a word", chars / Math.max(1, block.words));
        row.add("sentences", block.sentences);
        row.add("sentence density", 100 * block.sentences / chars);
        row.add("comma density", 100 * block.commas / chars);
        row.flag("ends a sentence", isEnd(block.last));
        row.flag("ends with colon", block.last == ':');
        row.add("digits", block.digits / chars);
        row.add("uppers", block.uppers / chars);
        row.add("strong", block.strongChars / chars);
        row.flag("begins with a sign", !Character.isLetterOrDigit(block.first));
        row.add("heading", block.heading);
        row.flag("dated", isDated(block));
        row.flag("priced", isPriced(block));
        row.add("lexicon mean", block.lexical == 0 ? 0 : block.lexiconSum / block.lexical);
        row.add("lexicon sum", block.lexiconSum);
        row.add("lexicon min", block.lexiconMin);
        row.add("lexicon max", block.lexiconMax);
        row.add("phrase", block.phrase);
        row.add("tag", tag(block.area));
        row.flag("mixed", block.area.blocks() > 1);
    }

    private static boolean isEnd(char c) {
        return switch (c) {
            case '.', '!', '?', '。', '！', '？', '…', '।', '؟' -> true;
            default -> false;
        };
    }

    private static int tag(Area area) {
        return switch (area.element.normalName()) {
            case "p" -> 0;
            case "blockquote" -> 1;
            case "pre" -> 2;
            case "dd" -> 3;
            case "dt" -> 4;
            case "figcaption", "caption" -> 5;
            case "h1", "h2", "h3", "h4", "h5", "h6" -> 6;
            case "li" -> 7;
            case "td" -> 8;
            case "th" -> 9;
            case "section", "article", "main" -> 10;
            case "div" -> 11;
            case "summary", "legend" -> 13;
            case "body" -> 14;
            case "address" -> 15;
            default -> 12;
        };
    }

    private static void kinds(Area area, Row row) {
        int kinds = area.kinds;
        row.flag("in header", (kinds & Area.HEADER) != 0);
        row.flag("in footer", (kinds & Area.FOOTER) != 0);
        row.flag("in nav", (kinds & Area.NAV) != 0);
        row.flag("in aside", (kinds & Area.ASIDE) != 0);
        row.flag("in main", (kinds & Area.MAIN) != 0);
        row.flag("in article", (kinds & Area.ARTICLE) != 0);
        row.flag("in form", (kinds & Area.FORM) != 0);
        row.flag("in figure", (kinds & Area.FIGURE) != 0);
        row.flag("in dialog", (kinds & Area.DIALOG) != 0);
        row.flag("in list", (kinds & Area.LIST) != 0);
        row.flag("in table", (kinds & Area.TABLE) != 0);
        row.flag("in section", (kinds & Area.SECTION) != 0);
        row.flag("in details", (kinds & Area.DETAILS) != 0);
        row.flag("in quote", (kinds & Area.QUOTE) != 0);
        row.flag("in link", (kinds & Area.LINK) != 0);
        row.add("depth", area.depth);
        row.add("names", area.names);
        row.add("names min", area.namesMin);
        row.add("names max", area.namesMax);
        row.add("names sum", area.namesSum);
    }

    private static void areas(Block block, Row row, double all) {
        Area area = block.area;
        for (int level = 1; level <= LEVELS; level++) {
            area = level == 1 && area.blocks() > 1 ? area : area.wider;
            area(area, row, all);
        }
        @Nullable Area near = block.area;
        int most = 1;
        int words = 0;
        float links = 0;
        double share = 0;
        double units = 0;
        for (int up = 0; near != null && up < 8; up++) {
            if (near.likes.units > most && near.parent != null) {
                most = near.likes.units;
                words = near.words;
                links = near.linkShare();
                share = near.likes.chars / all;
                units = near.likes.wordsOfOne();
            }
            near = near.parent;
        }
        row.add("most likes", most);
        row.add("of them, words", words);
        row.add("of them, link share", links);
        row.add("of them, share", share);
        row.add("of them, words of one", units);
        @Nullable Area unit = block.area.unit;
        row.add("unit share", unit == null ? -1 : unit.chars / all);
        row.add("unit link share", unit == null ? -1 : unit.linkShare());
    }

    private static void area(Area area, Row row, double all) {
        double chars = Math.max(1, area.chars);
        int blocks = Math.max(1, area.blocks());
        row.add(AREA.get(0), area.chars / all);
        row.add(AREA.get(1), area.linkShare());
        row.add(AREA.get(2), blocks);
        row.add(AREA.get(3), (double) area.words / blocks);
        row.add(AREA.get(4), 100 * area.sentences / chars);
        row.add(AREA.get(5), area.longChars / chars);
        row.add(AREA.get(6), area.names);
        row.add(AREA.get(7), area.likes.units);
        row.add(AREA.get(8), (double) area.headings / blocks);
        row.add(AREA.get(9), area.images);
        row.add(AREA.get(10), area.controls);
    }

    private static final List<String> AREA =
            List.of(
                    "share",
                    "link share",
                    "blocks",
                    "words a block",
                    "sentences",
                    "long share",
                    "names",
                    "likes",
                    "headings",
                    "images",
                    "controls");

    private void neighbour(int i, int by, Row row) {
        int n = i + by;
        if (n < 0 || n >= blocks.size()) {
            row.add("words", -1);
            row.add("link share", -1);
            row.add("heading", -1);
            row.add("same area", -1);
            row.add("lexicon", 0);
            return;
        }
        Block other = blocks.get(n);
        row.add("words", other.words);
        row.add("link share", other.linkShare());
        row.add("heading", other.heading);
        row.add("same area", common(blocks.get(i), other));
        row.add("lexicon", other.lexiconSum);
    }

    /** How many areas apart two blocks are. */
    private static int common(Block one, Block other) {
        @Nullable Area a = one.area;
        @Nullable Area b = other.area;
        int steps = 0;
        while (a != b && a != null && b != null && steps < APART_MAX) {
            if (a.depth >= b.depth) {
                a = a.parent;
            } else {
                b = b.parent;
            }
            steps++;
        }
        return steps;
    }

    /** What a first look at all blocks says of one of them and of what is around it. */
    public void around(int i, float[] scores, Row row) {
        row.add("score", scores[i]);
        for (int by = 1; by <= 3; by++) {
            row.add("score before", i - by < 0 ? -8 : scores[i - by]);
            row.add("score after", i + by >= scores.length ? -8 : scores[i + by]);
        }
        row.add("score mean 5", mean(scores, i - 5, i + 6));
        row.add("score mean 15", mean(scores, i - 15, i + 16));
        int heading = headingBefore[i];
        row.add("score of heading", heading < 0 ? -8 : scores[heading]);
        int next = i + 1;
        while (next < blocks.size() && blocks.get(next).heading == 0 && next < i + 30) {
            next++;
        }
        row.add("score until heading", mean(scores, i + 1, next));
        row.add("score since heading", mean(scores, Math.max(0, heading), i));
        Path path = pathOf[i];
        row.add("score of path", path.scoreChars == 0 ? 0 : path.score / path.scoreChars);
        Area area = blocks.get(i).area;
        for (int level = 1; level <= 5; level++) {
            area = level == 1 && area.blocks() > 1 ? area : area.wider;
            row.add("score of area", mean(scores, area.firstBlock, area.endBlock));
        }
        row.add("score before", mean(scores, 0, i));
        row.add("score after", mean(scores, i + 1, scores.length));
        row.add("score of page", mean(scores, 0, scores.length));
    }

    private float[] sums = new float[0];
    private float[] weights = new float[0];

    /** To be called before {@link #around}. */
    public void scored(float[] scores) {
        sums = new float[scores.length + 1];
        weights = new float[scores.length + 1];
        for (Path path : paths.values()) {
            path.score = 0;
            path.scoreChars = 0;
        }
        for (int i = 0; i < scores.length; i++) {
            Block block = blocks.get(i);
            float weight = block.chars;
            sums[i + 1] = sums[i] + weight * scores[i];
            weights[i + 1] = weights[i] + weight;
            Path path = pathOf[i];
            path.score += weight * scores[i];
            path.scoreChars += weight;
        }
    }

    private double mean(float[] scores, int from, int until) {
        int a = Math.max(0, from);
        int b = Math.min(scores.length, until);
        if (a >= b) {
            return -8;
        }
        float weight = weights[b] - weights[a];
        return weight == 0 ? -8 : (sums[b] - sums[a]) / weight;
    }
}
