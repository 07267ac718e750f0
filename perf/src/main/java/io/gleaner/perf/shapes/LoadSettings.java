package io.gleaner.perf.shapes;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What {@code gleaner load} is to do.
 *
 * @param rate users a second; what it means for a shape stands at {@link Shape}
 * @param time of the shape, the warm-up aside
 * @param warmUp users at half of the rate before, which count for nothing
 * @param target a service that runs already, or empty to start one
 * @param key access key of that service, or empty
 * @param urls pages to scrape, or none for those of the site that is started for it
 * @param redis whether the service that is started gets a Redis
 * @param fault what to break meanwhile, to see that the run notices
 */
public record LoadSettings(
        Shape shape,
        double rate,
        Duration time,
        Duration warmUp,
        Optional<URI> target,
        String key,
        List<URI> urls,
        boolean redis,
        Optional<PlantedFault> fault) {

    private static final double RATE_MAX = 10_000;
    private static final Duration TIME_MIN = Duration.ofSeconds(10);

    public LoadSettings {
        urls = List.copyOf(urls);
        if (!(rate > 0 && rate <= RATE_MAX)) {
            throw new IllegalArgumentException(
                    "rate must be over 0 and up to %.0f users a second: %s"
                            .formatted(RATE_MAX, rate));
        }
        if (time.compareTo(TIME_MIN) < 0) {
            throw new IllegalArgumentException("duration must be at least 10s: " + time);
        }
        if (target.isPresent() && fault.isPresent()) {
            throw new IllegalArgumentException(
                    "faults are planted in a service that is started for it: leave out --target");
        }
    }

    /** The key is nobody's business. */
    @Override
    public String toString() {
        return "%s at %s for %s".formatted(shape.word(), rate, time);
    }
}
