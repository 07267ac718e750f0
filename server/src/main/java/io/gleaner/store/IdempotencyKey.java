package io.gleaner.store;

/**
 * Makes a repeated submission find its first one.
 *
 * @param key as the caller sent it, 1 to 255 characters
 * @param bodyHash hash of the request body, so that another body under the same key is noticed
 */
public record IdempotencyKey(String key, String bodyHash) {}
