package io.gleaner.api.firecrawl;

import io.gleaner.api.wire.BodyReader;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;

/** The options of a body that were accepted and will not be honoured. */
final class Dropped {

    private final BodyReader body;
    private final TreeSet<String> names = new TreeSet<>();

    Dropped(BodyReader body) {
        this.body = body;
    }

    /** Keys whose values are passed over and told. */
    void addTo(SequencedMap<String, BodyReader.Value> keys, String... told) {
        for (String key : told) {
            keys.put(key, this::drop);
        }
    }

    /** Passes over a value, which is told unless it asks for nothing. */
    void drop(String path) {
        if (!body.isNothing()) {
            names.add(path);
        }
        body.skip();
    }

    void tell(String path) {
        names.add(path);
    }

    /** One sentence for the answer; empty when all was honoured. */
    Optional<String> warning() {
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "accepted and not honoured by this server: " + String.join(", ", names));
    }
}
