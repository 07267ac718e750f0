package io.gleaner.perf.users;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the process of the users is to do; handed over as a file.
 *
 * @param service where it is, like {@code http://127.0.0.1:8080}
 * @param key its access key, or empty
 * @param urls pages to scrape
 * @param popular how many of the first of them are asked for again and again
 * @param steps arrivals of users, one after the other
 * @param longest a request that takes longer than this has failed
 */
public record UserPlan(
        String service,
        String key,
        List<String> urls,
        int popular,
        List<Step> steps,
        Duration longest) {

    /** The system property that names the file. */
    static final String PROPERTY = "gleaner.users";

    private static final JsonMapper JSON = JsonMapper.shared();

    public UserPlan {
        urls = List.copyOf(urls);
        steps = List.copyOf(steps);
    }

    /** Writes it down. */
    public void write(Path file) {
        try {
            Files.writeString(file, JSON.writeValueAsString(this));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    static UserPlan read() {
        return JSON.readValue(Path.of(System.getProperty(PROPERTY)), UserPlan.class);
    }
}
