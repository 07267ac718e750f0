package io.gleaner.api.jobs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.gleaner.cache.Codec;
import io.gleaner.job.JobState;
import java.nio.ByteBuffer;

/**
 * A job's status, ready to be sent.
 *
 * @param etag changes exactly when the state or a counter does
 * @param json a {@link JobView}
 */
public record JobAnswer(JobState state, String etag, byte[] json) {

    /** The state's name and the ETag, each behind its length in a byte, then the JSON. */
    static final Codec<JobAnswer> CODEC =
            new Codec<>() {
                @Override
                public byte[] encode(JobAnswer answer) {
                    byte[] state = answer.state.name().getBytes(US_ASCII);
                    byte[] etag = answer.etag.getBytes(US_ASCII);
                    return ByteBuffer.allocate(
                                    1 + state.length + 1 + etag.length + answer.json.length)
                            .put((byte) state.length)
                            .put(state)
                            .put((byte) etag.length)
                            .put(etag)
                            .put(answer.json)
                            .array();
                }

                @Override
                public JobAnswer decode(byte[] bytes) {
                    var in = ByteBuffer.wrap(bytes);
                    JobState state = JobState.valueOf(text(in));
                    String etag = text(in);
                    byte[] json = new byte[in.remaining()];
                    in.get(json);
                    return new JobAnswer(state, etag, json);
                }

                private static String text(ByteBuffer in) {
                    byte[] text = new byte[in.get()];
                    in.get(text);
                    return new String(text, US_ASCII);
                }
            };

    private static final int OBJECTS = 150;

    /** Roughly what it holds of the heap, bytes. */
    int weight() {
        return OBJECTS + json.length;
    }

    public boolean isFinal() {
        return state.isFinal();
    }
}
