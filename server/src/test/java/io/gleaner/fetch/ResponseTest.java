package io.gleaner.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A body is the same text whether it is decoded at once or while it is read. */
class ResponseTest {

    private static final int LONGER_THAN_A_DECODERS_BUFFER = 20_000;

    @Property(tries = 500)
    void whatIsReadIsTheText(@ForAll("bodies") byte[] body, @ForAll("charsets") Charset charset)
            throws IOException {
        Response response = response(body, charset);
        var read = new StringWriter();
        response.reader().transferTo(read);
        assertThat(read).hasToString(response.text());
    }

    @Provide
    Arbitrary<Charset> charsets() {
        return Arbitraries.of(
                        "UTF-8",
                        "UTF-16",
                        "UTF-16LE",
                        "windows-1252",
                        "ISO-8859-2",
                        "Shift_JIS",
                        "EUC-JP",
                        "ISO-2022-JP",
                        "EUC-KR",
                        "GB18030",
                        "Big5")
                .map(Charset::forName);
    }

    /** Bytes of any value, and text with a mark, with broken sequences where pieces meet. */
    @Provide
    Arbitrary<byte[]> bodies() {
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        Arbitrary<byte[]> marked = any.map(bytes -> joined(new byte[] {-17, -69, -65}, bytes, 1));
        Arbitrary<byte[]> repeated =
                any.filter(bytes -> bytes.length > 0)
                        .map(
                                bytes ->
                                        joined(
                                                new byte[0],
                                                bytes,
                                                LONGER_THAN_A_DECODERS_BUFFER / bytes.length + 1));
        return Arbitraries.oneOf(any, marked, repeated);
    }

    private static byte[] joined(byte[] first, byte[] then, int times) {
        byte[] all = new byte[first.length + times * then.length];
        System.arraycopy(first, 0, all, 0, first.length);
        for (int i = 0; i < times; i++) {
            System.arraycopy(then, 0, all, first.length + i * then.length, then.length);
        }
        return all;
    }

    /** A page with this body. */
    static Response response(byte[] body, Charset charset) {
        return new Response(
                URI.create("http://127.0.0.1/"),
                200,
                "text/html",
                charset,
                body,
                Map.of(),
                List.of(),
                Duration.ZERO,
                Duration.ZERO);
    }
}
