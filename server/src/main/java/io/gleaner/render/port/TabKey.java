package io.gleaner.render.port;

import java.util.UUID;

/** Whose pages may follow each other in one context of the browser. */
public record TabKey(UUID job, String host) {}
