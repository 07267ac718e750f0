package io.gleaner.store;

import io.gleaner.job.Page;
import org.jspecify.annotations.Nullable;

/**
 * A page as an earlier crawl left it.
 *
 * @param memory what was remembered of it, or null
 */
public record EarlierPage(Page page, @Nullable PageMemory memory) {}
