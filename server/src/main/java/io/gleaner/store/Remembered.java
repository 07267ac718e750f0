package io.gleaner.store;

import io.gleaner.job.Candidate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * What is to be remembered of a page.
 *
 * @param key of its URL, as that of a {@link Candidate}
 * @param follow the URLs of a page that may be followed, as candidates one deeper than the page
 */
public record Remembered(
        UUID key,
        PageMemory memory,
        BiFunction<Integer, Collection<String>, List<Candidate>> follow) {}
