package io.gleaner.render;

import io.gleaner.fetch.FetchRequest;

/**
 * One page to render.
 *
 * @param fetch what a plain fetch of it would be: URL, headers, time, memory
 * @param key whose context it may use
 */
public record RenderRequest(FetchRequest fetch, TabKey key, WaitUntil waitUntil) {}
