package io.gleaner.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a connection's first bytes say it speaks. */
final class OpeningTest {

    @ParameterizedTest
    @CsvSource({
        "HTTP_1_1, GET / HTTP/1.1|",
        "HTTP_1_0, GET / HTTP/1.0|",
        "HTTP_1_0, POST /a HTTP/1.0|Host: x||",
        "HTTP_1_1, GET / HTTP/1.1|X: HTTP/1.0|",
        "OTHER_VERSION, GET / HTTP/1.2|",
        "OTHER_VERSION, GET / HTTP/0.9|",
        "OTHER_VERSION, GET / HTTP/11|",
        "OTHER_VERSION, PRI * HTTP/2.0||SM||",
        "HTTP_1_1, GET /|",
        "HTTP_1_1, GET / http/1.0|",
        "HTTP_1_1, |",
        "UNDECIDED, GET / HTTP/1.0",
        "UNDECIDED, G",
    })
    void isReadFromTheFirstLine(Opening expected, String text) {
        assertThat(Opening.of(bytes(text.replace("|", "\r\n")))).isEqualTo(expected);
    }

    @Test
    void isToldWithoutALineWhereNoneWillCome() {
        assertThat(Opening.of(bytes(""))).isEqualTo(Opening.UNDECIDED);
        assertThat(Opening.of(bytes("\u0016\u0003\u0001"))).isEqualTo(Opening.TLS);
        assertThat(Opening.of(bytes("\u0000\u0000"))).isEqualTo(Opening.NOT_HTTP);
        assertThat(Opening.of(bytes("\u0080\u0000"))).isEqualTo(Opening.NOT_HTTP);
        assertThat(Opening.of(bytes("GET /" + "x".repeat(9_000)))).isEqualTo(Opening.HTTP_1_1);
    }

    @Test
    void aLineWithoutACarriageReturnIsLeftToTheServerToRefuse() {
        assertThat(Opening.of(bytes("GET / HTTP/1.0\n"))).isEqualTo(Opening.HTTP_1_1);
        assertThat(Opening.of(bytes("\n"))).isEqualTo(Opening.NOT_HTTP);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
