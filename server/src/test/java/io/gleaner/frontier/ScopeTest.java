package io.gleaner.frontier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.gleaner.job.CrawlSpec;
import io.gleaner.job.SitemapMode;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {

    @ParameterizedTest
    @CsvSource({
        "http://a.example/x, http://a.example/y, true",
        "http://a.example/x, https://a.example/y, true",
        "http://a.example/x, https://www.a.example/y, true",
        "http://www.a.example/x, http://a.example/y, true",
        "http://a.example/x, http://b.a.example/y, false",
        "http://a.example/x, http://www.b.a.example/y, false",
        "http://a.example/x, http://a.example:8080/y, false",
        "http://a.example:8080/x, http://a.example:8080/y, true",
        "http://a.example:8080/x, http://a.example/y, false",
        "http://a.example/x, http://aa.example/y, false",
        "http://127.0.0.1:9000/x, http://127.0.0.1:9000/y, true",
        "http://127.0.0.1:9000/x, http://127.0.0.1:9001/y, false",
    })
    void hostIsTheSeedsOwn(String seed, String url, boolean inside) {
        assertThat(Scope.of(CrawlSpec.of(URI.create(seed))).contains(url)).isEqualTo(inside);
    }

    @ParameterizedTest
    @CsvSource({
        "http://www.a.co.uk/, http://b.a.co.uk/, true",
        "http://www.a.co.uk/, http://a.co.uk:8080/, true",
        "http://www.a.co.uk/, http://b.co.uk/, false",
        "http://www.a.co.uk/, http://co.uk/, false",
        "http://a.github.io/, http://x.a.github.io/, true",
        "http://a.github.io/, http://b.github.io/, false",
        "http://github.io/, http://b.github.io/, false",
        "http://wiki.corp.intranet/, http://www.corp.intranet/, true",
        "http://wiki.corp.intranet/, http://www.shop.intranet/, false",
        "http://localhost/, http://x.localhost/, false",
        "http://localhost/, http://localhost/x, true",
        "http://10.0.0.1/, http://10.0.0.1/x, true",
        "http://10.0.0.1/, http://11.0.0.1/, false",
        "http://[::1]/, http://[::1]/x, true",
        "http://[::1]/, http://[::2]/, false",
    })
    void subdomainsAreThoseOfTheRegistrableDomain(String seed, String url, boolean inside) {
        var crawl =
                new CrawlSpec(
                        URI.create(seed),
                        10,
                        10,
                        List.of(),
                        List.of(),
                        SitemapMode.SKIP,
                        true,
                        false,
                        false);
        assertThat(Scope.of(crawl).contains(url)).isEqualTo(inside);
    }

    @Test
    void externalIsAnyHost() {
        var crawl =
                new CrawlSpec(
                        URI.create("http://a.example/"),
                        10,
                        10,
                        List.of(),
                        List.of("^/private"),
                        SitemapMode.SKIP,
                        false,
                        true,
                        false);
        assertThat(Scope.of(crawl).contains("http://b.test:99/")).isTrue();
        assertThat(Scope.of(crawl).contains(URI.create("http://b.test/private"))).isFalse();
    }

    @Test
    void excludeWinsOverIncludeAndBothLookAtPathAndQuery() {
        var scope = scope(List.of("^/docs/", "page=\\d"), List.of("/old/", "\\.pdf$"));
        assertThat(scope.contains("http://a.example/docs/x")).isTrue();
        assertThat(scope.contains("http://a.example/?page=3")).isTrue();
        assertThat(scope.contains("http://a.example/x")).isFalse();
        assertThat(scope.contains("http://a.example/en/docs/")).isFalse();
        assertThat(scope.contains("http://a.example/docs/old/x")).isFalse();
        assertThat(scope.contains("http://a.example/docs/x.pdf")).isFalse();
        assertThat(scope.contains("http://a.example/docs/x.pdf?y")).isTrue();
    }

    @Test
    void seedIsInsideWhateverTheRulesSay() {
        var scope = scope(List.of("^/docs/"), List.of("."));
        assertThat(scope.contains("http://a.example/seed")).isTrue();
        assertThat(scope.contains("HTTP://A.example:80/seed#x")).isTrue();
        assertThat(scope.contains("http://a.example/docs/")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+$",
                "(a|aa)*$",
                "(.*a){25}",
                "(\\w+\\s?)*$",
                "^(([a-z])+.)+[A-Z]([a-z])+$"
            })
    void evilExpressionsTakeLinearTime(String evil) {
        var scope = scope(List.of(evil), List.of());
        var url = "http://a.example/" + "a".repeat(5_000) + "!";
        assertTimeoutPreemptively(
                Duration.ofMinutes(2),
                () -> {
                    for (int i = 0; i < 10; i++) {
                        scope.contains(url);
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(((a{1000}){1000}){1000}){1000}",
                "((a{100}){100}){100}",
                "(a{1000}[[:alpha:](]){1000}",
                "(a{1000}[](]){1000}",
                "(a{1000}\\Q(\\E){1000}",
                "(a{1000}\\(){1000}",
                "(a{0,1000}){2,1000}",
                "(?:(?i)(?P<n>a{1000})){1000}",
            })
    void expressionThatWouldGrowHugeIsRefusedUncompiled(String bomb) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scope(List.of("x", bomb), List.of()))
                .withMessageStartingWith("crawl.include[1] must be smaller")
                .withMessageContaining(bomb);
    }

    @Test
    void orderlyExpressionsAreNotTakenForHugeOnes() {
        var date = "^/\\d{4}/\\d{1,2}/[a-z0-9-]{1,100}(/page/\\d{1,3})?$";
        assertThat(
                        scope(Collections.nCopies(40, date), List.of())
                                .contains("http://a.example/2024/1/x"))
                .isTrue();
    }

    @Test
    void badExpressionIsRefusedByFieldAndValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scope(List.of("ok", "(?=x)"), List.of()))
                .withMessage(
                        "crawl.include[1] must be an RE2 expression, which has no look-around and"
                            + " no back-references (invalid or unsupported Perl syntax): '(?=x)'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scope(List.of(), List.of("[a-")))
                .withMessageStartingWith("crawl.exclude[0] must be an RE2 expression");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scope(List.of("a".repeat(1_001)), List.of()))
                .withMessageStartingWith("crawl.include[0] must be at most 1000 characters: 'aaa");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scope(Collections.nCopies(101, "a"), List.of()))
                .withMessage("crawl.include must have at most 100 expressions: 101");
    }

    @Test
    void badSeedIsRefusedByField() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scope.of(CrawlSpec.of(URI.create("ftp://a.example/"))))
                .withMessage("crawl.url must be an absolute http or https URL: 'ftp://a.example/'");
    }

    private static Scope scope(List<String> include, List<String> exclude) {
        return Scope.of(
                new CrawlSpec(
                        URI.create("http://a.example/seed"),
                        10,
                        10,
                        include,
                        exclude,
                        SitemapMode.SKIP,
                        false,
                        false,
                        false));
    }
}
