package io.gleaner.api.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gleaner.api.PlainRules;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemException;
import io.gleaner.budget.Budget;
import io.gleaner.job.Candidate;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UrlLinesTest {

    private static final Budget SUBMISSIONS = new Budget("submissions", 64 << 20);

    @Test
    void plainLinesAndObjectsAreOneUrlEach() {
        String body =
                """
                https://a.example/1\r

                  {"url": "https://a.example/2"}  \t
                https://a.example/3\
                """;

        try (Submission read = read(body, 3)) {
            assertThat(read.seeds())
                    .extracting(Candidate::url)
                    .containsExactly(
                            "https://a.example/1", "https://a.example/2", "https://a.example/3");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "https://a.example/;;nonsense | invalid_url | line 3",
                "{\"url\": \"ftp://a.example/\"} | invalid_url | line 1",
                "https://a.example/;{\"urls\": []} | unknown_key | line 2.urls",
                "https://a.example/;{\"url\": 7} | invalid_value | line 2.url",
                "{} | missing_value | line 1.url",
                "http://10.0.0.7/ | forbidden_address | line 1",
                ";; | invalid_value | the body"
            })
    void whatIsWrongIsRefusedByLine(String body, String code, String field) {
        Problem problem = refused(body.replace(';', '\n').getBytes(StandardCharsets.UTF_8), 9);

        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.members()).containsEntry("field", field);
    }

    @Test
    void brokenJsonIsLocatedInTheWholeUpload() {
        String upload = "https://a.example/\n".repeat(56) + "{\"url\": \n";

        Problem problem = refused(upload.getBytes(StandardCharsets.UTF_8), 99);

        assertThat(problem.code()).isEqualTo("malformed_json");
        assertThat(problem.members()).containsEntry("line", 57);
        assertThat(problem.detail()).startsWith("line 57, ");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstLine() {
        try (Submission read = read("\uFEFFhttps://a.example/1\n", 3)) {
            assertThat(read.seeds())
                    .extracting(Candidate::url)
                    .containsExactly("https://a.example/1");
        }
    }

    @Test
    void linesHaveALimitInNumberAndLength() {
        assertThat(refused("https://a.example/\n".repeat(4).getBytes(StandardCharsets.UTF_8), 3))
                .extracting(Problem::code)
                .isEqualTo("too_many_urls");
        String endless = "https://a.example/" + "x".repeat(100_000);
        assertThat(refused(endless.getBytes(StandardCharsets.UTF_8), 3))
                .extracting(Problem::code)
                .isEqualTo("invalid_value");
    }

    @Test
    void otherEncodingsAreRefused() {
        assertThat(refused(new byte[] {(byte) 0xff, (byte) 0xfe, 'h', 0}, 3).code())
                .isEqualTo("invalid_value");
    }

    private static Submission read(String body, int max) {
        var in = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
        return UrlLines.read(in, new PlainRules(), max, SUBMISSIONS);
    }

    private static Problem refused(byte[] body, int max) {
        var thrown =
                catchThrowableOfType(
                        ProblemException.class,
                        () ->
                                UrlLines.read(
                                        new ByteArrayInputStream(body),
                                        new PlainRules(),
                                        max,
                                        SUBMISSIONS));
        assertThat(thrown).isNotNull();
        return thrown.problem();
    }
}
