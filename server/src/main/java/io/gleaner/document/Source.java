package io.gleaner.document;

import java.io.Reader;
import java.net.URI;
import java.util.function.Supplier;

/**
 * What a host has sent.
 *
 * @param mediaType lower-case, without parameters
 * @param bytes the body; not copied
 * @param reader the body decoded while it is read, from its beginning on each call
 * @param text the body decoded
 * @param url where it came from
 */
@SuppressWarnings("ArrayRecordComponent")
public record Source(
        String mediaType, byte[] bytes, Supplier<Reader> reader, Supplier<String> text, URI url) {}
