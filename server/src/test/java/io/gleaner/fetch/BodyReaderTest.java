package io.gleaner.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import io.gleaner.budget.Budget;
import io.gleaner.budget.Hold;
import io.gleaner.fetch.FetchOutcome.Failed;
import io.gleaner.fetch.FetchOutcome.Refused;
import io.gleaner.job.FaultCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {

    private static final int MAX = 100_000;
    private static final byte[] PAGE = "<p>All work and no play.</p>\n".repeat(500).getBytes(UTF_8);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "identity",
                "gzip",
                "x-gzip",
                "GZIP",
                "deflate",
                "raw",
                "zstd",
                "gzip, zstd",
                "deflate, gzip",
                "zstd, deflate"
            })
    void whatIsEncodedIsDecoded(String encoding) throws IOException {
        assertThat(read(encoding, encode(encoding, PAGE))).isEqualTo(PAGE);
    }

    @Property(tries = 200)
    void anyBytesSurviveEveryEncoding(@ForAll @Size(max = 20_000) byte[] body) throws IOException {
        for (String encoding : List.of("gzip", "deflate", "raw", "zstd")) {
            assertThat(read(encoding, encode(encoding, body))).isEqualTo(body);
        }
    }

    @Property(tries = 500)
    void anyBytesUnderAnyEncodingAreABodyOrAFault(@ForAll @Size(max = 300) byte[] noise)
            throws IOException {
        for (String encoding : List.of("gzip", "deflate", "br", "zstd", "gzip, br")) {
            try {
                assertThat(read(encoding, noise)).hasSizeLessThanOrEqualTo(MAX);
            } catch (BodyFault e) {
                assertThat(e.outcome(200)).isNotNull();
            }
        }
    }

    @Test
    void gzipInTwoMembersIsOneBody() throws IOException {
        var both = new ByteArrayOutputStream();
        both.write(encode("gzip", PAGE));
        both.write(encode("gzip", PAGE));
        assertThat(read("gzip", both.toByteArray())).hasSize(2 * PAGE.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "zstd"})
    void aBombIsStoppedAtTheLimit(String encoding) throws IOException {
        byte[] bomb = encode(encoding, new byte[5 << 20]);
        assertThat(fault(encoding, bomb)).isEqualTo(FaultCode.BODY_TOO_LARGE);
    }

    @Test
    void aBombInsideABombIsStoppedAtTheLimit() throws IOException {
        byte[] bomb = encode("gzip, gzip", new byte[20 << 20]);
        assertThat(bomb).hasSizeLessThan(MAX);
        assertThat(fault("gzip, gzip", bomb)).isEqualTo(FaultCode.BODY_TOO_LARGE);
    }

    @Test
    void theLimitItselfIsAllowed() throws IOException {
        assertThat(read("gzip", encode("gzip", new byte[MAX]))).hasSize(MAX);
        assertThat(read("", new byte[MAX])).hasSize(MAX);
        assertThat(fault("", new byte[MAX + 1])).isEqualTo(FaultCode.BODY_TOO_LARGE);
        assertThat(fault("gzip", encode("gzip", new byte[MAX + 1])))
                .isEqualTo(FaultCode.BODY_TOO_LARGE);
    }

    @Test
    void compressedBytesHaveTheirOwnLimit() throws IOException {
        var noise = new byte[5_000];
        new Random(7).nextBytes(noise);
        var reader = reader(1_000, false);
        byte[] sent = encode("gzip", noise);
        assertThatExceptionOfType(BodyFault.class)
                .isThrownBy(() -> reader.read(stream(sent), ContentDecoding.parse(List.of("gzip"))))
                .withMessage("over 1000 bytes compressed");
    }

    @ParameterizedTest
    @CsvSource({"'', 150000", "gzip, 150000", "zstd, 150000", "deflate, 150000"})
    void aLongerBodyIsCutWhenAsked(String encoding, int length) throws IOException {
        var reader = reader(MAX, true);
        byte[] body = reader.read(stream(encode(encoding, new byte[length])), codings(encoding));
        assertThat(body).hasSize(MAX);
    }

    @Test
    void aCutInsideTheCompressedBytesLeavesWhatCameBefore() throws IOException {
        var noise = new byte[50_000];
        new Random(7).nextBytes(noise);
        var reader = reader(20_000, true);
        byte[] body = reader.read(stream(encode("gzip", noise)), codings("gzip"));
        assertThat(body.length).isBetween(1, 20_000);
        assertThat(noise).startsWith(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "raw", "zstd"})
    void halfACompressedBodyIsTruncated(String encoding) throws IOException {
        byte[] whole = encode(encoding, PAGE);
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        assertThat(fault(encoding, half)).isEqualTo(FaultCode.TRUNCATED_BODY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip",
                "x-gzip",
                "deflate",
                "br",
                "zstd",
                "gzip, gzip",
                "br, gzip",
                "none",
                "None",
                "UTF-8",
                "utf-8, gzip",
                "binary",
                "text/html; charset=x",
                "x-secret",
                ", ,"
            })
    void whatIsLabelledAndNotEncodedIsReadAsItIs(String encoding) throws IOException {
        assertThat(read(encoding, PAGE)).isEqualTo(PAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gzip, utf-8", "none,gzip", "gzip, gzip", "gzip ,\tidentity", "br, gzip"})
    void whatIsEncodedOnceAndLabelledTwiceIsDecodedOnce(String encoding) throws IOException {
        assertThat(read(encoding, gzipped())).isEqualTo(PAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x^y", "h$ 1", "{\"a\": [1, 2, 3]}", "; comment", "\u043f\u0440\u0438"})
    void textThatStartsLikeAStreamIsText(String start) throws IOException {
        byte[] text = (start + " and then some more text").getBytes(UTF_8);
        for (String encoding : List.of("deflate", "br")) {
            assertThat(read(encoding, text)).isEqualTo(text);
        }
    }

    @Property(tries = 500)
    void textIsReadUnderEveryEncoding(@ForAll @StringLength(min = 16, max = 3_000) String any)
            throws IOException {
        byte[] text = any.replaceAll("[\\x00-\\x1f\\p{Cs}]", " ").getBytes(UTF_8);
        for (String encoding : List.of("gzip", "deflate", "br", "zstd", "gzip, br")) {
            assertThat(read(encoding, text)).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
    void noiseUnderAnEncodingIsBadEncoding(String encoding) throws IOException {
        byte[] noise = new byte[2_000];
        new Random(3).nextBytes(noise);
        assertThat(fault(encoding, noise)).isEqualTo(FaultCode.BAD_ENCODING);
    }

    @Test
    void noBytesAreAnEmptyBodyUnderAnyEncoding() throws IOException {
        for (String encoding : List.of("", "gzip", "deflate", "br", "zstd", "gzip, br")) {
            assertThat(read(encoding, new byte[0])).isEmpty();
        }
    }

    @Test
    void moreThanTwoEncodingsAreRefused() {
        assertThatExceptionOfType(BodyFault.class)
                .isThrownBy(() -> ContentDecoding.parse(List.of("gzip, gzip", "gzip")));
    }

    @Test
    void aZstdWindowBeyondTheWebsIsRefused() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zstd = new ZstdOutputStream(bytes)) {
            zstd.setLong(27);
            zstd.write(PAGE);
        }
        assertThat(fault("zstd", bytes.toByteArray())).isEqualTo(FaultCode.BAD_ENCODING);
    }

    @Test
    void aBrokenNetworkIsNotABrokenBody() {
        var network = new IOException("Connection reset");
        var breaking =
                new FilterInputStream(stream(gzipped())) {
                    @Override
                    public int read(byte[] buffer, int offset, int length) throws IOException {
                        if (available() < 20) {
                            throw network;
                        }
                        return super.read(buffer, offset, Math.min(length, 10));
                    }
                };
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> reader(MAX, false).read(breaking, codings("gzip")))
                .isSameAs(network);
    }

    @Test
    void aBodyThatFindsNoRoomInTimeMayBeAskedForAgain() throws IOException, InterruptedException {
        var bodies = new Budget("bodies", 20 << 20, BodyReader.heldMaxBytes(4 << 20));
        try (var onReserve = bodies.hold();
                var other = bodies.hold()) {
            fill(onReserve, other);

            BodyFault fault = assertThrows(BodyFault.class, () -> held(bodies, 2 << 20));

            assertThat(fault.outcome(200)).isInstanceOf(Failed.class);
            assertThat(held(bodies, 50_000)).hasSize(50_000);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(held(bodies, 4 << 20)).hasSize(4 << 20);
        }
        assertThat(bodies.usedBytes()).isZero();
    }

    private static void fill(Hold onReserve, Hold other) throws InterruptedException {
        assertThat(other.tryAtLeast(10 << 20)).isTrue();
        onReserve.awaitAtLeast(10 << 20);
    }

    private static byte[] held(Budget bodies, int bytes) throws IOException {
        try (var hold = bodies.hold()) {
            return new BodyReader(4 << 20, 4 << 20, false, hold, Duration.ofMillis(10))
                    .read(stream(new byte[bytes]), List.of());
        }
    }

    private static byte[] gzipped() {
        try {
            return encode("gzip", PAGE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] read(String encoding, byte[] sent) throws IOException {
        return reader(MAX, false).read(stream(sent), codings(encoding));
    }

    private static FaultCode fault(String encoding, byte[] sent) throws IOException {
        try {
            throw new AssertionError("a body of " + read(encoding, sent).length);
        } catch (BodyFault e) {
            return switch (e.outcome(200)) {
                case Failed failed -> failed.code();
                case Refused refused -> refused.code();
                case FetchOutcome other -> throw new AssertionError(other);
            };
        }
    }

    private static List<ContentDecoding> codings(String encoding) throws BodyFault {
        return ContentDecoding.parse(List.of(encoding.replace("raw", "deflate")));
    }

    private static BodyReader reader(long wireMax, boolean truncate) {
        return new BodyReader(MAX, wireMax, truncate, null, Duration.ofSeconds(5));
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static byte[] encode(String encoding, byte[] plain) throws IOException {
        byte[] bytes = plain;
        for (String token : encoding.split(",", -1)) {
            bytes =
                    switch (token.strip()) {
                        case "gzip", "x-gzip", "GZIP" -> gzip(bytes);
                        case "deflate" -> deflate(bytes, false);
                        case "raw" -> deflate(bytes, true);
                        case "zstd" -> Zstd.compress(bytes);
                        default -> bytes;
                    };
        }
        return bytes;
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] deflate(byte[] plain, boolean raw) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, raw);
        try (var out = new DeflaterOutputStream(bytes, deflater)) {
            out.write(plain);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }
}
