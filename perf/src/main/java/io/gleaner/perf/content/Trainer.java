package io.gleaner.perf.content;

import io.gleaner.content.Features;
import io.gleaner.content.Lexicon;
import io.gleaner.content.Model;
import io.gleaner.content.Outline;
import io.gleaner.content.PageFacts;
import io.gleaner.content.PageType;
import io.gleaner.content.Row;
import io.gleaner.content.Sleeping;
import io.gleaner.content.Trees;
import io.gleaner.dom.StreamedParts;
import io.gleaner.select.Effort;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.AdoptingTreeBuilder;
import org.jsoup.parser.Parser;

/**
 * Learns to choose main content: first words, then the types of pages, then a first look at blocks,
 * then a second that knows what the first said. What a later step learns from an earlier one comes
 * from pages of domains that the earlier had not learned from.
 *
 * @param progress is told what goes on
 */
record Trainer(PageSet set, Consumer<String> progress) {

    private static final int PARTS = 3;
    private static final Boosting TYPES = new Boosting(60, 4, 0.1, 1, 0.6, 0.8, 3);
    private static final Boosting FIRST = new Boosting(50, 5, 0.3, 20, 0.35, 0.7, 1);
    private static final Boosting SECOND = new Boosting(50, 6, 0.3, 20, 0.35, 0.7, 2);
    private static final double PAGE_WEIGHT = 100;

    /** Small pages that are cut from each. */
    private static final int CUTS = 3;

    private static final double CUT_WEIGHT = 20;

    /** A page as it is learned from. */
    private record Sample(
            PageSet.Page page, Features features, int[] words, float[] labels, double weight) {
        float[] pageRow() {
            return features.page();
        }
    }

    static Document parse(String html) {
        Document document =
                new Parser(new AdoptingTreeBuilder()).setMaxDepth(512).parseInput(html, "");
        StreamedParts.place(document, effort());
        return document;
    }

    static Effort effort() {
        return new Effort(
                Long.MAX_VALUE / 4, Duration.ofMinutes(10), InstantSource.system(), () -> {});
    }

    /** Words of each block, as the judge counts them. */
    static List<List<String>> words(Outline outline) {
        return outline.blocks.stream().map(block -> PageSet.words(block.text())).toList();
    }

    Model fit(List<PageSet.Page> pages) {
        var counts = new WordCounts();
        float[][] labels = new float[pages.size()][];
        each(
                pages,
                n -> {
                    PageSet.Page page = pages.get(n);
                    Document document = parse(set.html(page));
                    Sleeping.wake(document.body(), effort());
                    Outline outline = Outline.of(document.body(), _ -> 0, true, effort());
                    labels[n] = Labels.of(words(outline), page.truth());
                    synchronized (counts) {
                        counts.add(page.domain(), outline, labels[n]);
                    }
                });
        progress.accept("%d pages read".formatted(pages.size()));
        List<List<Sample>> samples = new ArrayList<>(Collections.nCopies(pages.size(), List.of()));
        each(
                pages,
                n -> {
                    PageSet.Page page = pages.get(n);
                    samples.set(n, samples(page, labels[n], counts.without(page.domain())));
                });
        return fit(samples.stream().flatMap(List::stream).toList(), counts.all());
    }

    private static void each(List<PageSet.Page> pages, IntConsumer work) {
        IntStream.range(0, pages.size()).parallel().forEach(work);
    }

    /** The page as it is, and small ones that are cut from it. */
    private List<Sample> samples(PageSet.Page page, float[] labels, Lexicon lexicon) {
        var samples = new ArrayList<Sample>();
        for (int cut = 0; cut <= CUTS; cut++) {
            Document document = parse(set.html(page));
            PageFacts facts = PageFacts.of(document);
            Sleeping.wake(document.body(), effort());
            Outline outline = Outline.of(document.body(), lexicon, false, effort());
            if (cut == 0) {
                samples.add(sample(page, outline, facts, labels, PAGE_WEIGHT));
                continue;
            }
            IdentityHashMap<TextNode, Float> labelOf = labelOf(outline, labels);
            Cutting.of(document.body(), new Random(31L * page.id().hashCode() + cut));
            Outline rest = Outline.of(document.body(), lexicon, false, effort());
            float[] labelsOfRest = new float[rest.blocks.size()];
            float main = 0;
            for (int b = 0; b < labelsOfRest.length; b++) {
                labelsOfRest[b] = labelOf.getOrDefault(rest.blocks.get(b).texts.getFirst(), 0f);
                main += labelsOfRest[b];
            }
            if (main >= 1) {
                samples.add(sample(page, rest, facts, labelsOfRest, CUT_WEIGHT));
            }
        }
        return samples;
    }

    private static IdentityHashMap<TextNode, Float> labelOf(Outline outline, float[] labels) {
        var labelOf = new IdentityHashMap<TextNode, Float>();
        for (int b = 0; b < labels.length; b++) {
            for (TextNode text : outline.blocks.get(b).texts) {
                labelOf.put(text, labels[b]);
            }
        }
        return labelOf;
    }

    private static Sample sample(
            PageSet.Page page, Outline outline, PageFacts facts, float[] labels, double weight) {
        int[] words = words(outline).stream().mapToInt(List::size).toArray();
        // The text is long; from here on only the features are needed.
        outline.blocks.forEach(block -> block.texts.clear());
        return new Sample(page, new Features(outline, facts), words, labels, weight);
    }

    private Model fit(List<Sample> samples, Model.Words words) {
        float[][] types = new float[samples.size()][];
        for (int part = 0; part < PARTS; part++) {
            List<Trees> fitted = types(outside(samples, part));
            for (int n : inside(samples, part)) {
                types[n] = Model.types(fitted, samples.get(n).pageRow());
            }
        }
        List<Trees> allTypes = types(samples);
        progress.accept("types of pages");
        List<List<float[]>> rows = new ArrayList<>();
        for (int n = 0; n < samples.size(); n++) {
            rows.add(rows(samples.get(n).features(), types[n]));
        }
        float[][] scores = new float[samples.size()][];
        for (int part = 0; part < PARTS; part++) {
            Trees fitted = FIRST.fit(table(samples, rows, outsideNumbers(samples, part)));
            for (int n : inside(samples, part)) {
                scores[n] = scores(fitted, rows.get(n));
            }
        }
        Trees first = FIRST.fit(table(samples, rows, all(samples)));
        progress.accept("first look");
        for (int n = 0; n < samples.size(); n++) {
            rows.set(n, around(samples.get(n).features(), types[n], scores[n]));
        }
        Trees second = SECOND.fit(table(samples, rows, all(samples)));
        progress.accept("second look");
        return new Model(words, allTypes, first, second);
    }

    private static int part(Sample sample) {
        return PageSet.fold("part " + sample.page().domain(), PARTS);
    }

    private static int[] inside(List<Sample> samples, int part) {
        return IntStream.range(0, samples.size())
                .filter(n -> part(samples.get(n)) == part)
                .toArray();
    }

    private static int[] outsideNumbers(List<Sample> samples, int part) {
        return IntStream.range(0, samples.size())
                .filter(n -> part(samples.get(n)) != part)
                .toArray();
    }

    private static int[] all(List<Sample> samples) {
        return IntStream.range(0, samples.size()).toArray();
    }

    private static List<Sample> outside(List<Sample> samples, int part) {
        return samples.stream().filter(sample -> part(sample) != part).toList();
    }

    private static List<float[]> rows(Features features, float[] types) {
        return each(features, types, (row, i) -> features.first(i, row));
    }

    private static List<float[]> around(Features features, float[] types, float[] scores) {
        var second = features.second(scores);
        return each(features, types, (row, i) -> second.add(i, row));
    }

    private static List<float[]> each(Features features, float[] types, ObjIntConsumer<Row> more) {
        var rows = new ArrayList<float[]>();
        var row = new Row();
        for (int i = 0; i < features.count(); i++) {
            features.begin(types, row);
            more.accept(row, i);
            rows.add(row.copy());
        }
        return rows;
    }

    private static float[] scores(Trees trees, List<float[]> rows) {
        float[] scores = new float[rows.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = trees.score(rows.get(i));
        }
        return scores;
    }

    private static List<Trees> types(List<Sample> samples) {
        var types = new ArrayList<Trees>();
        for (PageType type : PageType.values()) {
            var rows = samples.stream().map(Sample::pageRow).toList();
            float[] labels = new float[rows.size()];
            float[] weights = new float[rows.size()];
            for (int n = 0; n < labels.length; n++) {
                labels[n] = samples.get(n).page().type().equals(type.wireName()) ? 1 : 0;
                weights[n] = (float) (samples.get(n).weight() / PAGE_WEIGHT);
            }
            types.add(TYPES.fit(new Boosting.Table(rows, labels, weights, all(samples))));
        }
        return types;
    }

    /** Every page counts the same, and long blocks for more than short ones. */
    private static Boosting.Table table(
            List<Sample> samples, List<List<float[]>> rows, int[] numbers) {
        var table = new ArrayList<float[]>();
        int total = IntStream.of(numbers).map(n -> rows.get(n).size()).sum();
        float[] labels = new float[total];
        float[] weights = new float[total];
        int[] groups = new int[total];
        int at = 0;
        for (int group = 0; group < numbers.length; group++) {
            Sample sample = samples.get(numbers[group]);
            double all = 0;
            for (int words : sample.words()) {
                all += weight(words);
            }
            for (int i = 0; i < sample.words().length; i++) {
                table.add(rows.get(numbers[group]).get(i));
                labels[at] = sample.labels()[i];
                weights[at] = (float) (sample.weight() * weight(sample.words()[i]) / all);
                groups[at] = group;
                at++;
            }
        }
        return new Boosting.Table(table, labels, weights, groups);
    }

    private static double weight(int words) {
        return Math.pow(words + 1, 0.7);
    }
}
