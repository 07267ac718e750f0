package io.gleaner.cli.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;

/** A path whose query grows by what was given. */
record Query(String path) {

    Query with(String name, @Nullable Object value) {
        return value == null
                ? this
                : new Query(path + "&" + name + "=" + URLEncoder.encode(value.toString(), UTF_8));
    }
}
