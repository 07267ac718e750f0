package io.gleaner.export;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteTreeTest {

    private final SiteTree tree = new SiteTree(new SafeName(UTF_8));

    @ParameterizedTest
    @CsvSource({
        "https://a.example, a.example/index",
        "https://a.example/, a.example/index",
        "https://a.example/docs/, a.example/docs/index",
        "https://a.example/docs/intro, a.example/docs/intro",
        "https://a.example/docs/intro.html, a.example/docs/intro",
        "https://a.example/feed.xml, a.example/feed.xml",
        "http://127.0.0.1:8000/x, 127.0.0.1_8000/x",
        "'http://[::1]:80/x', __1_80/x",
        "https://user@A.example/x#top, a.example/x",
        "https://a.example/list?page=2&sort=up, a.example/list@page=2+sort=up",
        "https://a.example/?q=a%20b, a.example/index@q=a_b",
        "https://a.example/caf%C3%A9, a.example/café",
        "https://a.example/a%2Fb, a.example/a_b",
        "https://a.example//a///b, a.example/a/b",
        "https://a.example/../../etc/passwd, a.example/__/__/etc/passwd",
        "https://a.example/%2e%2e/%2e%2e/x, a.example/__/__/x",
        "https://a.example/.git/config, a.example/_git/config",
        "https://a.example/con/nul.txt, a.example/_con/_nul.txt",
        "https://a.example/%zz%ff%00, a.example/_zz__",
        "https://pages.ndjson/x, pages.ndjson_/x",
    })
    void aPlaceMirrorsTheUrl(String url, String place) {
        assertThat(tree.place(url)).isEqualTo(place);
    }

    @Test
    void urlsThatDifferOnlyInCaseGetPlacesThatDifferInMore() {
        String first = tree.place("https://a.example/About");
        String second = tree.place("https://a.example/about");
        assertThat(first).isEqualTo("a.example/About");
        assertThat(second).startsWith("a.example/about~");
    }

    @Test
    void theSameUrlKeepsItsPlaceAlsoAfterLosingTheOneItWanted() {
        tree.place("https://a.example/About");
        String second = tree.place("https://a.example/about");
        assertThat(tree.place("https://a.example/about")).isEqualTo(second);
    }

    @Test
    void aFolderNeverHasTheNameOfAPagesFile() {
        String file = tree.place("https://a.example/notes") + ".md";
        String inFolder = tree.place("https://a.example/notes.md/x");
        assertThat(inFolder).doesNotStartWith(file + "/");
    }

    @Test
    void theFilesOfTwoPagesNeverMeet() {
        String raw = tree.place("https://a.example/x") + ".raw.html";
        String html = tree.place("https://a.example/x.raw") + ".html";
        assertThat(html).isNotEqualTo(raw);
    }

    @Test
    void aLongQueryBecomesAHash() {
        String place = tree.place("https://a.example/x?" + "a".repeat(500));
        assertThat(place).matches("a\\.example/x@[0-9a-f]{16}");
    }

    @Test
    void aPathBeyondTheLimitOfFileSystemsBecomesAHash() {
        String place = tree.place("https://a.example/" + "deep/".repeat(500));
        assertThat(place).matches("a\\.example/_long/[0-9a-f]{32}");
    }

    @Test
    void lettersThatTheSystemCannotWriteAreReplaced() {
        var ascii = new SiteTree(new SafeName(US_ASCII));
        assertThat(ascii.place("https://a.example/caf%C3%A9")).isEqualTo("a.example/caf_");
    }

    @Property(tries = 2_000)
    void everyPlaceStaysInsideTheFolderAndIsAValidName(@ForAll("urls") String url) {
        Path folder = Path.of("/out/dir");
        String place = tree.place(url);
        Path file = folder.resolve(place + ".md");
        assertThat(file.normalize()).isEqualTo(file).startsWithRaw(folder);
        assertThat(place.getBytes(UTF_8).length).isLessThan(600);
        for (String name : place.split("/", -1)) {
            assertThat(name).isNotEmpty().doesNotStartWith(".").doesNotEndWith(".");
            assertThat(name).doesNotContainPattern("[\\x00-\\x1f\\x7f\\\\:*?\"<>| %&;$`']");
            assertThat(name.getBytes(UTF_8).length + ".links.json".length()).isLessThan(255);
            assertThat(name.toLowerCase(Locale.ROOT))
                    .doesNotMatch("(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");
        }
    }

    @Property(tries = 300)
    void noTwoFilesMeetAndNoFileIsAFolder(@ForAll("sites") List<String> urls) {
        var fresh = new SiteTree(new SafeName(UTF_8));
        var owners = new HashMap<String, String>();
        Set<String> folders = new HashSet<>();
        for (String url : urls) {
            String place = fresh.place(url).toLowerCase(Locale.ROOT);
            for (String extension : SiteTree.EXTENSIONS) {
                String before = owners.putIfAbsent(place + extension, url);
                assertThat(before).isIn(null, url);
            }
            for (int slash = place.indexOf('/'); slash > 0; slash = place.indexOf('/', slash + 1)) {
                folders.add(place.substring(0, slash));
            }
        }
        assertThat(owners.keySet()).doesNotContainAnyElementsOf(folders);
    }

    @Property(tries = 200)
    void theSameOrderGivesTheSameTree(@ForAll("sites") List<String> urls) {
        var one = new SiteTree(new SafeName(UTF_8));
        var two = new SiteTree(new SafeName(UTF_8));
        List<String> once = urls.stream().map(one::place).toList();
        assertThat(urls.stream().map(two::place).toList()).isEqualTo(once);
        assertThat(urls.stream().map(two::place).toList()).isEqualTo(once);
    }

    @Provide
    Arbitrary<String> urls() {
        Arbitrary<String> wild = Arbitraries.strings().all().ofMaxLength(60);
        return Arbitraries.oneOf(
                wild,
                wild.map(text -> "https://a.example/" + text),
                wild.map(text -> "https://a.example/x?" + text),
                nastyUrls());
    }

    @Provide
    Arbitrary<List<String>> sites() {
        return nastyUrls().list().ofMinSize(2).ofMaxSize(40);
    }

    // Few parts that are alike in many ways, so that clashes are the rule.
    private static Arbitrary<String> nastyUrls() {
        Arbitrary<String> part =
                Arbitraries.of(
                        "",
                        "a",
                        "A",
                        "%41",
                        "a.md",
                        "a.html",
                        "a.raw",
                        "a.raw.html",
                        "a.txt_",
                        "a.links",
                        "a.links.json",
                        "..",
                        "%2e%2e",
                        ".",
                        "con",
                        "CON.x",
                        "index",
                        "index.html",
                        "a~1",
                        "ß",
                        "SS",
                        "ss",
                        "é",
                        "e%CC%81",
                        "%2F",
                        "a b",
                        "a+b",
                        "ﬁ",
                        "fi",
                        "_",
                        "x".repeat(300),
                        "Ж".repeat(200));
        Arbitrary<String> host = Arbitraries.of("a.example", "b.example:81", "A.EXAMPLE", "x.md");
        Arbitrary<String> query = Arbitraries.of("", "?", "?a=1", "?A=1", "?a=1&b=2", "?a=1+b=2");
        return Combinators.combine(
                        Arbitraries.of("http://", "https://"),
                        host,
                        part.list().ofMaxSize(4),
                        query)
                .as((scheme, name, parts, q) -> scheme + name + "/" + String.join("/", parts) + q);
    }
}
