package io.gleaner.perf.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyBufferTest {

    private static final String CHUNKED =
            "HTTP/1.1 200 OK|Transfer-Encoding: chunked||5|hello|A;name=value|, 10 bytes|0||";

    private final ReplyBuffer buffer = new ReplyBuffer();

    /** Each {@code |} is the end of a line. */
    private void receive(String bytes) throws IOException {
        buffer.append(ByteBuffer.wrap(bytes.replace("|", "\r\n").getBytes(ISO_8859_1)));
    }

    private @Nullable HttpReply next() throws IOException {
        return buffer.next(false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK|Content-Length: 5||hello",
                "HTTP/1.1 200 OK|content-length:5||hello",
                CHUNKED,
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||5|hello|0|A: b||",
                "HTTP/1.1 304 Not Modified|ETag: \"x\"||",
                "HTTP/1.1 100 Continue||HTTP/1.1 200 OK|Content-Length: 0||"
            })
    void noAnswerIsTakenBeforeItsLastByte(String lines) throws IOException {
        String whole = lines.replace("|", "\r\n");
        for (int i = 0; i < whole.length() - 1; i++) {
            receive(whole.substring(i, i + 1));
            assertThat(next()).as("after %d bytes", i + 1).isNull();
        }
        receive(whole.substring(whole.length() - 1));
        assertThat(next()).isNotNull();
        assertThat(buffer.isEmpty()).isTrue();
    }

    @Test
    void chunksAreJoined() throws IOException {
        receive(CHUNKED);
        HttpReply reply = requireNonNull(next());
        assertThat(reply.text()).isEqualTo("hello, 10 bytes");
        assertThat(reply.keepAlive()).isTrue();
    }

    @Test
    void answersThatCameTogetherAreTakenOneByOne() throws IOException {
        receive(CHUNKED + "HTTP/1.1 404 Not Found|X-A: 1|Content-Length: 2||no");
        assertThat(requireNonNull(next()).status()).isEqualTo(200);
        HttpReply second = requireNonNull(next());
        assertThat(second.status()).isEqualTo(404);
        assertThat(second.text()).isEqualTo("no");
        assertThat(second.header("x-a")).contains("1");
        assertThat(next()).isNull();
    }

    @Test
    void aBodyWithoutALengthEndsWithItsConnection() throws IOException {
        receive("HTTP/1.1 200 OK||all of it");
        assertThat(next()).isNull();
        HttpReply reply = requireNonNull(buffer.next(true));
        assertThat(reply.text()).isEqualTo("all of it");
        assertThat(reply.keepAlive()).isFalse();
    }

    @Test
    void connectionCloseIsObeyed() throws IOException {
        receive("HTTP/1.1 200 OK|Connection: Close|Content-Length: 0||");
        assertThat(requireNonNull(next()).keepAlive()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9||",
                "HTTP/1.1 abc OK||",
                "HTTP/1.1 200 OK|Content-Length: x||",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||hello|"
            })
    void nonsenseIsAnError(String bytes) throws IOException {
        receive(bytes);
        assertThatThrownBy(this::next).isInstanceOf(IOException.class);
    }
}
