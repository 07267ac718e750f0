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
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "5\r\nhello\r\nA;name=value\r\n, 10 bytes\r\n0\r\n\r\n";

    private final ReplyBuffer buffer = new ReplyBuffer();

    private void receive(String bytes) throws IOException {
        buffer.append(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1)));
    }

    private @Nullable HttpReply next() throws IOException {
        return buffer.next(false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\ncontent-length:5\r\n\r\nhello",
                CHUNKED,
                "HTTP/1.1 200 OK\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"
                        + "5\r\n"
                        + "hello\r\n"
                        + "0\r\n"
                        + "A: b\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
            })
    void noAnswerIsTakenBeforeItsLastByte(String whole) throws IOException {
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
        receive(CHUNKED + "HTTP/1.1 404 Not Found\r\nX-A: 1\r\nContent-Length: 2\r\n\r\nno");
        assertThat(requireNonNull(next()).status()).isEqualTo(200);
        HttpReply second = requireNonNull(next());
        assertThat(second.status()).isEqualTo(404);
        assertThat(second.text()).isEqualTo("no");
        assertThat(second.header("x-a")).contains("1");
        assertThat(next()).isNull();
    }

    @Test
    void aBodyWithoutALengthEndsWithItsConnection() throws IOException {
        receive("HTTP/1.1 200 OK\r\n\r\nall of it");
        assertThat(next()).isNull();
        HttpReply reply = requireNonNull(buffer.next(true));
        assertThat(reply.text()).isEqualTo("all of it");
        assertThat(reply.keepAlive()).isFalse();
    }

    @Test
    void connectionCloseIsObeyed() throws IOException {
        receive("HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n");
        assertThat(requireNonNull(next()).keepAlive()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n"
            })
    void nonsenseIsAnError(String bytes) throws IOException {
        receive(bytes);
        assertThatThrownBy(this::next).isInstanceOf(IOException.class);
    }
}
