package io.gleaner.cache;

/** Values as bytes, for the cache that processes share. */
public interface Codec<V> {

    byte[] encode(V value);

    /**
     * @throws RuntimeException when the bytes are of another version of the product, or broken: the
     *     value counts as not there
     */
    V decode(byte[] bytes);

    /** Bytes as they are. */
    static Codec<byte[]> bytes() {
        return new Codec<>() {
            @Override
            public byte[] encode(byte[] value) {
                return value;
            }

            @Override
            public byte[] decode(byte[] bytes) {
                return bytes;
            }
        };
    }
}
