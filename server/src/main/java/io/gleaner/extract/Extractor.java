package io.gleaner.extract;

import io.gleaner.content.MainContent;
import io.gleaner.content.PageFacts;
import io.gleaner.content.Sleeping;
import io.gleaner.dom.Role;
import io.gleaner.dom.StreamedParts;
import io.gleaner.dom.TreeWalk;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.Directions;
import io.gleaner.job.FetchSpec;
import io.gleaner.job.FieldSpec;
import io.gleaner.job.Format;
import io.gleaner.job.PageContent;
import io.gleaner.select.Effort;
import io.gleaner.select.OverrunException;
import io.gleaner.write.HtmlWriter;
import io.gleaner.write.ImageSource;
import io.gleaner.write.Limits;
import io.gleaner.write.MarkdownWriter;
import io.gleaner.write.TextWriter;
import io.gleaner.write.UrlResolver;
import java.io.Reader;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.Supplier;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.AdoptingTreeBuilder;
import org.jsoup.parser.Parser;
import org.jsoup.parser.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Makes the parts of a page from a fetched document. Stateless; any number of threads may share it.
 */
public final class Extractor {

    /** Fewer say too little to tell one page from another. */
    private static final int FINGERPRINT_WORDS_MIN = 20;

    private final ExtractConfig config;

    public Extractor(ExtractConfig config) {
        this.config = config;
    }

    /** What is done with a media type; parameters such as a charset do not matter. */
    public static Parsing parsing(String mediaType) {
        return Parsing.of(mediaType);
    }

    /**
     * Refuses selectors that cannot be applied.
     *
     * @throws IllegalArgumentException naming the field, its value and what is accepted
     */
    public static void validate(ContentSpec spec) {
        SelectorCheck.check(spec);
    }

    /**
     * Extracts an HTML document. Links, images and fields come from the whole document; Markdown,
     * HTML and text from the content that the specification selects.
     *
     * @param finalUrl absolute http(s): what relative links are relative to
     * @throws ExtractionException when a limit is met
     */
    public Extracted extract(String html, URI finalUrl, ContentSpec spec, boolean wantOutlinks) {
        var effort = effort(FetchSpec.TIMEOUT_DEFAULT, InstantSource.system(), () -> {});
        return extract(
                new StringReader(html),
                Parsing.HTML,
                () -> html,
                finalUrl,
                spec,
                wantOutlinks,
                effort);
    }

    /**
     * What one page may cost.
     *
     * @param timeout most time, pauses not counted
     * @param pause called now and then, and may wait
     */
    public Effort effort(Duration timeout, InstantSource clock, Runnable pause) {
        return new Effort(config.stepsMax(), timeout, clock, pause);
    }

    /**
     * The same for a document that is decoded while it is parsed.
     *
     * @param parsing {@link Parsing#HTML} or {@link Parsing#XHTML}
     * @param rawHtml the whole of it, asked for only when the specification does
     * @throws java.util.concurrent.CancellationException when the thread is interrupted
     */
    public Extracted extract(
            Reader html,
            Parsing parsing,
            Supplier<String> rawHtml,
            URI finalUrl,
            ContentSpec spec,
            boolean wantOutlinks,
            Effort effort) {
        try {
            var parser = parsing == Parsing.XHTML ? Parser.xmlParser() : htmlParser();
            var document =
                    parser.setMaxDepth(config.depthMax())
                            .parseInput(new PaidReader(html, effort), "");
            if (parsing == Parsing.XHTML) {
                TreeWalk.over(document, effort, new ElementsOfHtml());
            }
            StreamedParts.place(document, effort);
            return extract(document, rawHtml, finalUrl, spec, wantOutlinks, effort);
        } catch (OverrunException e) {
            throw new ExtractionException(e);
        }
    }

    /**
     * Whether a page needs a browser, by what the host has sent.
     *
     * @throws ExtractionException when a limit is met
     */
    public BrowserNeed browserNeed(Reader html, Effort effort) {
        try {
            var document =
                    htmlParser()
                            .setMaxDepth(config.depthMax())
                            .parseInput(new PaidReader(html, effort), "");
            StreamedParts.place(document, effort);
            return ScriptedPage.of(document, effort).need();
        } catch (OverrunException e) {
            throw new ExtractionException(e);
        }
    }

    /**
     * How the main content of a page is chosen: a line for each block, in order, {@code +} taken or
     * {@code -} left out, its log odds and its text.
     */
    public static String explain(String html) {
        var config = ExtractConfig.standard();
        var effort =
                new Extractor(config)
                        .effort(FetchSpec.TIMEOUT_DEFAULT, InstantSource.system(), () -> {});
        var document = htmlParser().setMaxDepth(config.depthMax()).parseInput(html, "");
        effort.allow((long) config.stepsEachNode() * html.length());
        StreamedParts.place(document, effort);
        Sleeping.wake(document.body(), effort);
        var lines = new StringBuilder();
        var main = MainContent.of(document.body(), PageFacts.of(document), effort);
        for (var block : main.explain()) {
            lines.append(block.taken() ? '+' : '-')
                    .append(String.format(Locale.ROOT, " %6.2f ", block.odds()))
                    .append(block.text())
                    .append('\n');
        }
        return lines.toString();
    }

    private static Parser htmlParser() {
        return new Parser(new AdoptingTreeBuilder());
    }

    /** Elements of XML become those that HTML knows, so that all that follows knows them. */
    private static final class ElementsOfHtml implements TreeWalk.Visitor {

        @Override
        public boolean enter(Element element) {
            if (!(element instanceof Document)) {
                element.tag(Tag.valueOf(element.normalName()));
            }
            return true;
        }

        @Override
        public void leave(Element element) {}

        @Override
        public void text(TextNode text) {}
    }

    private Extracted extract(
            Document document,
            Supplier<String> rawHtml,
            URI finalUrl,
            ContentSpec spec,
            boolean wantOutlinks,
            Effort effort) {
        boolean wantReferences = wantOutlinks || spec.wants(Format.LINKS);
        var scan = PageScan.of(document, config, wantReferences, effort);
        var urls = new UrlResolver(finalUrl, scan.baseHref, config.attributeCharsMax());
        var own = new UrlResolver(finalUrl, null, config.attributeCharsMax()).self();
        var refresh = MetaRefresh.of(scan.metas, urls, own);
        var outlinks = wantReferences ? resolved(scan, urls, false) : List.<String>of();
        var title = Metadata.title(scan);
        var product = content(rawHtml, document, scan, urls, spec, wantOutlinks);
        return wantOutlinks
                ? new Extracted(
                        product.content(),
                        outlinks,
                        refresh,
                        directions(scan, urls, title, product.print()))
                : new Extracted(product.content(), List.of(), refresh, Directions.NONE);
    }

    private static Directions directions(
            PageScan scan, UrlResolver urls, String title, @Nullable Print print) {
        var tag = RobotsTag.ofMetas(scan.metas);
        var unfollowed = new LinkedHashSet<String>();
        scan.unfollowed.forEach(reference -> add(unfollowed, urls.http(reference)));
        String fingerprint =
                print != null && print.words() >= FINGERPRINT_WORDS_MIN
                        ? print.hash() + " " + title
                        : null;
        return new Directions(
                Metadata.canonical(scan, urls),
                tag.noindex(),
                tag.nofollow(),
                List.copyOf(unfollowed),
                fingerprint);
    }

    /** How many words the content has, and what tells it from others. */
    private record Print(int words, String hash) {}

    private record Product(PageContent content, @Nullable Print print) {}

    private Product content(
            Supplier<String> rawHtml,
            Document document,
            PageScan scan,
            UrlResolver urls,
            ContentSpec spec,
            boolean wantPrint) {
        // Everything that reads the whole document comes before the selection marks the tree.
        var fields =
                spec.fields().isEmpty()
                        ? null
                        : new Fields(new Matches(document, scan.effort), urls, config)
                                .read(spec.fields());
        var main = new Judgement(document, scan, spec);
        var metadata =
                spec.wants(Format.METADATA)
                        ? Metadata.of(
                                document, scan, urls, config.attributeCharsMax(), main.get().type())
                        : null;
        var links = spec.wants(Format.LINKS) ? resolved(scan, urls, true) : null;
        var images = spec.wants(Format.IMAGES) ? images(scan, urls) : null;
        boolean wantsText =
                spec.wants(Format.MARKDOWN)
                        || spec.wants(Format.CHUNKS)
                        || spec.wants(Format.HTML)
                        || spec.wants(Format.TEXT)
                        || wantPrint
                        || metadata != null;
        var roots = wantsText ? Selection.roots(document, scan, spec, main) : List.<Element>of();
        var limits = new Limits(config.productCharsMax(), config.attributeCharsMax());
        Print print = null;
        if (wantPrint || metadata != null) {
            var read = Fingerprint.of(roots, scan.effort);
            print = new Print(read.words(), read.hash());
        }
        if (metadata != null && print != null && print.words() > 0) {
            metadata.put("wordCount", String.valueOf(print.words()));
            metadata.put("contentHash", print.hash());
        }
        var markdown =
                spec.wants(Format.MARKDOWN) || spec.wants(Format.CHUNKS)
                        ? new MarkdownWriter(
                                        scan.layoutTables,
                                        scan.textChars,
                                        urls,
                                        limits,
                                        scan.effort)
                                .write(roots)
                        : "";
        var content =
                new PageContent(
                        spec.wants(Format.MARKDOWN) ? markdown : null,
                        spec.wants(Format.HTML)
                                ? HtmlWriter.of(roots, urls, limits, scan.effort)
                                : null,
                        spec.wants(Format.RAW_HTML) ? rawHtml.get() : null,
                        spec.wants(Format.TEXT)
                                ? TextWriter.of(roots, config.productCharsMax(), scan.effort)
                                : null,
                        spec.wants(Format.CHUNKS) ? Chunks.of(markdown) : null,
                        links,
                        images,
                        metadata,
                        fields);
        return new Product(content, print);
    }

    /** What is main content, asked for once. */
    private static final class Judgement implements Supplier<MainContent> {
        private final Document document;
        private final PageScan scan;
        private final ContentSpec spec;
        private @Nullable MainContent main;

        Judgement(Document document, PageScan scan, ContentSpec spec) {
            this.document = document;
            this.scan = scan;
            this.spec = spec;
        }

        @Override
        public MainContent get() {
            var judged = main;
            if (judged == null) {
                if (spec.onlyMainContent()) {
                    Sleeping.wake(document.body(), scan.effort);
                }
                var facts = PageFacts.of(Metadata.title(scan), scan.metas, scan.structured);
                judged = MainContent.of(document.body(), facts, scan.effort);
                main = judged;
            }
            return judged;
        }
    }

    /** The references of the page as absolute URLs, each once, in document order. */
    private static List<String> resolved(PageScan scan, UrlResolver urls, boolean followedOnly) {
        var links = new LinkedHashSet<String>();
        scan.references.forEach(
                (reference, followed) -> {
                    if (followed || !followedOnly) {
                        add(links, urls.http(reference));
                    }
                });
        return List.copyOf(links);
    }

    private List<String> images(PageScan scan, UrlResolver urls) {
        var source = new ImageSource(urls);
        var images = new LinkedHashSet<String>();
        for (var image : scan.images) {
            if (Role.of(image) == Role.IMAGE) {
                add(images, source.of(image));
                add(images, source.largest(image));
            } else if (isInPicture(image)) {
                add(images, source.largest(image));
            }
        }
        return images.stream().limit(config.imagesMax()).toList();
    }

    private static boolean isInPicture(Element source) {
        var parent = source.parent();
        return parent != null && parent.normalName().equals("picture");
    }

    private static void add(SequencedSet<String> urls, @Nullable String url) {
        if (url != null) {
            urls.add(url);
        }
    }

    /**
     * Keeps a text document as it is, as Markdown, text and raw document alike; its title is the
     * last segment of its path.
     *
     * @throws IllegalArgumentException if the media type is not one of text
     */
    public Extracted extractText(String text, String mediaType, URI finalUrl, ContentSpec spec) {
        if (parsing(mediaType) != Parsing.TEXT) {
            throw new IllegalArgumentException("mediaType must be one of text: " + mediaType);
        }
        if (text.length() > config.productCharsMax()) {
            throw new ExtractionException("productCharsMax", config.productCharsMax());
        }
        var content =
                new PageContent(
                        spec.wants(Format.MARKDOWN) ? text : null,
                        spec.wants(Format.HTML) ? preformatted(text) : null,
                        spec.wants(Format.RAW_HTML) ? text : null,
                        spec.wants(Format.TEXT) ? text : null,
                        spec.wants(Format.CHUNKS) ? Chunks.of(text) : null,
                        spec.wants(Format.LINKS) ? List.of() : null,
                        spec.wants(Format.IMAGES) ? List.of() : null,
                        spec.wants(Format.METADATA) ? Map.of("title", lastSegment(finalUrl)) : null,
                        spec.fields().isEmpty() ? null : noFields(spec.fields()));
        return new Extracted(content, List.of(), null, Directions.NONE);
    }

    private static String preformatted(String text) {
        return "<pre>" + text.replace("&", "&amp;").replace("<", "&lt;") + "</pre>";
    }

    private static Map<String, @Nullable Object> noFields(Map<String, FieldSpec> specs) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        specs.forEach((name, spec) -> values.put(name, spec.all() ? new ArrayList<>() : null));
        return values;
    }

    private static String lastSegment(URI url) {
        String path = url.getPath() == null ? "" : url.getPath();
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String segment = trimmed.substring(trimmed.lastIndexOf('/') + 1);
        return segment.isEmpty() ? String.valueOf(url.getHost()) : segment;
    }
}
