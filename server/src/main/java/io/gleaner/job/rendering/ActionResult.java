package io.gleaner.job.rendering;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * That an action was done.
 *
 * @param type as it was asked for, such as {@code click}
 * @param took until the page had come to rest after it
 * @param url of the document then
 * @param mediaType of its {@link Attachment}, or null when it has none
 */
public record ActionResult(String type, Duration took, String url, @Nullable String mediaType) {}
