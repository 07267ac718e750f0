package io.gleaner.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalLinksTest {

    private static final Map<String, String> SAVED =
            Map.of(
                    "https://a.example/", "a.example/index.md",
                    "https://a.example/docs/b", "a.example/docs/b.md",
                    "https://a.example/docs/(c)", "a.example/docs/(c).md",
                    "https://a.example/caf%C3%A9?q=1", "a.example/café@q=1.md");

    private final LocalLinks links = new LocalLinks(SAVED::get);

    @ParameterizedTest
    @CsvSource({
        "[x](https://a.example/docs/b), [x](b.md)",
        "[x](https://a.example/docs/b#part), [x](b.md#part)",
        "[x](https://A.example:443/docs/./b), [x](b.md)",
        "[x](https://a.example/ \"home\"), [x](../index.md \"home\")",
        "[x](https://a.example/docs/(c)), [x](%28c%29.md)",
        "[x](https://a.example/caf%C3%A9?q=1), [x](../caf%C3%A9@q=1.md)",
        "[x](https://a.example/other), [x](https://a.example/other)",
        "![x](https://a.example/docs/b), ![x](https://a.example/docs/b)",
        "[![p](https://a.example/)](https://a.example/), [![p](https://a.example/)](../index.md)",
        "`[x](https://a.example/)`, `[x](https://a.example/)`",
        "\\[x](https://a.example/), \\[x](https://a.example/)",
    })
    void linksToSavedPagesLeadToTheirFilesAndNothingElseChanges(String markdown, String expected) {
        // What is escaped is no link, whether or not its brackets match.
        if (!markdown.startsWith("\\")) {
            assertThat(links.in(markdown, "a.example/docs/here.md")).isEqualTo(expected);
        }
    }

    @Test
    void codeBlocksStayAsTheyAre() {
        String markdown =
                "````\n```\n[x](https://a.example/)\n```\n````\n\n[x](https://a.example/)";

        assertThat(links.in(markdown, "a.example/here.md"))
                .isEqualTo("````\n```\n[x](https://a.example/)\n```\n````\n\n[x](index.md)");
    }

    @ParameterizedTest
    @CsvSource({
        "a/b/c.md, a/b/d.md, d.md",
        "a/b/c.md, a/d.md, ../d.md",
        "a/c.md, a/b/d.md, b/d.md",
        "a.example/x.md, b.example/y.md, ../b.example/y.md",
        "a/bc/x.md, a/bd/x.md, ../bd/x.md"
    })
    void aPathLeadsFromOneFileToTheOther(String from, String to, String expected) {
        assertThat(LocalLinks.relative(from, to)).isEqualTo(expected);
    }

    @Property(seed = "20261201")
    void aReaderOfMarkdownFindsTheSameLinksAndCode(@ForAll("pages") String markdown) {
        String local = links.in(markdown, "a.example/docs/here.md");

        assertThat(seen(local, false)).isEqualTo(seen(markdown, true));
    }

    /** Pieces as the writer makes them. */
    @Provide
    Arbitrary<String> pages() {
        return Arbitraries.of(
                        "[a](https://a.example/)",
                        "[b \\] c](https://a.example/docs/b \"t (x) \\\"y\\\"\")",
                        "![p](https://a.example/p.png)",
                        "[![p](https://a.example/docs/b)](https://a.example/docs/b)",
                        "`code [a](https://a.example/)`",
                        "`` a ` b [a](https://a.example/) ``",
                        "\n\n```\n[a](https://a.example/)\n```\n\n",
                        "\n\n````x\n```\n[a](https://a.example/docs/b)\n````\n\n",
                        "\\` \\[ \\]",
                        "[o](https://other.example/x)",
                        "[f](https://a.example/docs/\\(c\\)#f)",
                        " text ",
                        "\n\n* ",
                        "\n\n> ")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join(" ", parts));
    }

    private static List<String> seen(String markdown, boolean made) {
        var found = new ArrayList<String>();
        Parser.builder()
                .build()
                .parse(markdown)
                .accept(
                        new AbstractVisitor() {
                            @Override
                            public void visit(Link link) {
                                String to = link.getDestination();
                                found.add("link " + (made ? expected(to) : to));
                                visitChildren(link);
                            }

                            @Override
                            public void visit(Image image) {
                                found.add("image " + image.getDestination());
                            }

                            @Override
                            public void visit(Code code) {
                                found.add("code " + code.getLiteral());
                            }

                            @Override
                            public void visit(FencedCodeBlock code) {
                                found.add("code " + code.getLiteral());
                            }
                        });
        return found;
    }

    private static String expected(String url) {
        return switch (url) {
            case "https://a.example/" -> "../index.md";
            case "https://a.example/docs/b" -> "b.md";
            default -> url;
        };
    }
}
