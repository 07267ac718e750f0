package io.gleaner.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.http.RequestException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/1.0 becomes HTTP/1.1 on the way in, and HTTP/1.1 becomes HTTP/1.0 on the way out. */
final class Http10Test {

    private static final String HOST = "127.0.0.1:80";

    @Test
    void aPlainRequestIsOneOfHttp11ThatClosesItsConnection() {
        assertThat(served("GET /a?b HTTP/1.0||"))
                .isEqualTo("GET /a?b HTTP/1.1|Host: 127.0.0.1:80|Connection: close||");
        assertThat(served("GET / HTTP/1.0|Host: a|X: 1||"))
                .isEqualTo("GET / HTTP/1.1|Host: a|X: 1|Connection: close||");
    }

    @Test
    void whatIsOfTheConnectionOrOfHttp11Alone() {
        assertThat(
                        served(
                                "POST / HTTP/1.0|Host: a|Connection: close, x|Keep-Alive: 5|"
                                        + "Expect: 100-continue|Upgrade: h2c|TE: trailers|"
                                        + "Content-Length: 2||{}"))
                .isEqualTo("POST / HTTP/1.1|Host: a|Content-Length: 2|Connection: close||{}");
    }

    @Test
    void aConnectionIsUsedAgainByWhoAsksForIt() {
        String keep = "GET /1 HTTP/1.0|Host: a|Connection: Keep-Alive||";
        String last = "GET /2 HTTP/1.0|Host: a||";

        assertThat(served(keep + last))
                .isEqualTo("GET /1 HTTP/1.1|Host: a||GET /2 HTTP/1.1|Host: a|Connection: close||");
    }

    @Test
    void whatFollowsTheLastRequestIsNone() {
        assertThat(served("GET / HTTP/1.0|Host: a||GET /hidden HTTP/1.0||"))
                .doesNotContain("hidden");
        assertThat(
                        served(
                                "POST / HTTP/1.0|Host: a|Content-Length: 2||{}GET /hidden"
                                        + " HTTP/1.1|Host: a||"))
                .endsWith("||{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.0|Transfer-Encoding: chunked||0||",
                "POST / HTTP/1.0|Content-Length: 2|transfer-encoding: chunked||{}",
                "POST / HTTP/1.0|Content-Length: 2|Content-Length: 2||{}",
                "POST / HTTP/1.0|Content-Length: +2||{}",
                "POST / HTTP/1.0|Content-Length: 2, 2||{}",
                "POST / HTTP/1.0|Content-Length: 9999999999999999999||{}",
                "POST / HTTP/1.0|Content-Length : 2||{}",
                "POST / HTTP/1.0|X: 1| Content-Length: 2||{}",
                "POST / HTTP/1.0|X: 1\nContent-Length: 2||{}",
                "POST / HTTP/1.0|X: 1\rContent-Length: 2||{}",
                "POST / HTTP/1.0|X: \u0000||",
                "POST / HTTP/1.0|: x||",
                "POST / HTTP/1.0|X||",
                "GET / HTTP/1.0|Connection: keep-alive||GET / HTTP/1.1|Host: a||",
                "GET / HTTP/1.0|Connection: keep-alive||GET  / HTTP/1.0||",
                "GET /\t HTTP/1.0||",
                "GET /a b HTTP/1.0||",
            })
    void whatCanBeReadInTwoWaysIsRefused(String request) {
        assertThatThrownBy(() -> served(request)).isInstanceOf(RequestException.class);
    }

    @Test
    void aHeadWithoutAnEndIsRefusedInTime() {
        assertThatThrownBy(() -> served("GET / HTTP/1.0|X: " + "x".repeat(100_000)))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("longer than");
    }

    @Property(tries = 500)
    void howTheBytesComeIsAllTheSame(
            @ForAll("conversations") String conversation, @ForAll long seed) {
        assertThat(served(split(conversation, new Random(seed))))
                .isEqualTo(served(List.of(raw(conversation))));
    }

    /** Whatever comes: each request that the server reads is one line that says HTTP/1.1. */
    @Property(tries = 1_000)
    void noBodyBecomesAHead(@ForAll("bodies") String body, @ForAll boolean keep) {
        String request =
                "POST / HTTP/1.0|Host: a|%sContent-Length: %d||"
                        .formatted(keep ? "Connection: keep-alive|" : "", body.length());
        String read = new String(serve(List.of(bytes(request), raw(body))), ISO_8859_1);

        int end = read.indexOf("\r\n\r\n") + 4;
        assertThat(read.substring(0, end))
                .isEqualTo(
                        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n%s\r\n"
                                .formatted(body.length(), keep ? "" : "Connection: close\r\n"));
        assertThat(read.substring(end)).isEqualTo(body);
    }

    @Test
    void anAnswerOfKnownLengthKeepsItsConnectionForWhoAsked() {
        String answer = "HTTP/1.1 200 OK|Content-Length: 2||{}";

        assertThat(told(true, answer))
                .isEqualTo("HTTP/1.1 200 OK|Content-Length: 2|Connection: keep-alive||{}");
        assertThat(told(false, answer))
                .isEqualTo("HTTP/1.1 200 OK|Content-Length: 2|Connection: close||{}");
        assertThat(told(true, "HTTP/1.1 400 Bad|Connection: close|Content-Length: 0||"))
                .isEqualTo("HTTP/1.1 400 Bad|Content-Length: 0|Connection: close||");
    }

    @Test
    void chunksBecomeABodyThatEndsWithTheConnection() {
        var answers = new Http10Answers();
        answers.begin(true);

        String told =
                text(
                        answers.translate(
                                bytes(
                                        "HTTP/1.1 200 OK|Transfer-Encoding: chunked|X: 1||"
                                                + "2|ab|A|0123456789|0|Trailer: x||")));

        assertThat(told).isEqualTo("HTTP/1.1 200 OK|X: 1|Connection: close||ab0123456789");
        assertThat(answers.endConnection()).isTrue();
    }

    @Property(tries = 500)
    void howTheServerWritesIsAllTheSame(
            @ForAll("bodies") String body, @ForAll boolean chunked, @ForAll long seed) {
        var random = new Random(seed);
        var answer = new StringBuilder("HTTP/1.1 200 OK\r\nA: b\r\n");
        if (chunked) {
            answer.append("Transfer-Encoding: chunked\r\n\r\n");
            for (byte[] chunk : split(body, random)) {
                answer.append(Integer.toHexString(chunk.length)).append("\r\n");
                answer.append(new String(chunk, ISO_8859_1)).append("\r\n");
            }
            answer.append("0\r\n\r\n");
        } else {
            answer.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
        }
        var answers = new Http10Answers();
        answers.begin(false);
        var told = new ByteArrayOutputStream();
        for (byte[] piece : split(answer.toString(), random)) {
            told.writeBytes(answers.translate(piece));
        }

        String text = told.toString(ISO_8859_1);
        int end = text.indexOf("\r\n\r\n") + 4;
        assertThat(text.substring(0, end).toLowerCase(Locale.ROOT))
                .contains("connection: close")
                .doesNotContain("chunked");
        assertThat(text.substring(end)).isEqualTo(body);
    }

    @Provide
    Arbitrary<String> bodies() {
        return Arbitraries.strings()
                .withChars("\r\n0aA: HTTP/1.")
                .withCharRange('\0', '\u00ff')
                .ofMaxLength(200);
    }

    @Provide
    Arbitrary<String> conversations() {
        return bodies().map(
                        body ->
                                "POST /%d HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: %d\r\n\r\n%s"
                                        .formatted(body.hashCode(), body.length(), body))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(list -> String.join("", list));
    }

    private static String told(boolean keepAlive, String answer) {
        var answers = new Http10Answers();
        answers.begin(keepAlive);
        return text(answers.translate(bytes(answer)));
    }

    private static String served(String request) {
        return served(List.of(bytes(request)));
    }

    private static String served(List<byte[]> pieces) {
        return text(serve(pieces));
    }

    /** All that the server reads, when it answers each request at once. */
    private static byte[] serve(List<byte[]> pieces) {
        Deque<byte[]> came = new ArrayDeque<>(pieces);
        var requests = new Http10Requests(new Http10Answers(), HOST, new byte[0]);
        var read = new ByteArrayOutputStream();
        for (byte[] next = requests.next(came::poll);
                next != null;
                next = requests.next(came::poll)) {
            read.writeBytes(next);
        }
        return read.toByteArray();
    }

    private static List<byte[]> split(String text, Random random) {
        byte[] bytes = raw(text);
        var pieces = new ArrayList<byte[]>();
        for (int at = 0; at < bytes.length; ) {
            int end = Math.min(bytes.length, at + 1 + random.nextInt(20));
            pieces.add(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        return pieces;
    }

    private static byte[] raw(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return raw(text.replace("|", "\r\n"));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1).replace("\r\n", "|");
    }
}
