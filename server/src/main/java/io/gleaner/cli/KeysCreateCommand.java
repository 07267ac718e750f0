package io.gleaner.cli;

import io.gleaner.app.KeyStore;
import io.gleaner.store.AccessKeys;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gleaner keys create}: a new key, shown once. */
@Command(
        name = "create",
        sortOptions = false,
        description = {
            "Make a key and print it, alone, on stdout. It is shown this once; only its hash is"
                    + " kept."
        },
        footer = {
            "",
            "Examples:",
            "  gleaner keys create shop",
            "  gleaner keys create crawler --per-minute 600 > crawler.key"
        })
final class KeysCreateCommand implements Callable<Integer> {

    private static final int NAME_MAX = 100;

    @Parameters(paramLabel = "NAME", description = "Whose key it is, 1 to 100 characters.")
    private String name = "";

    @Option(
            names = "--per-minute",
            paramLabel = "N",
            converter = WholeNumber.PerMinute.class,
            description = "Most requests in any minute (default any number).")
    private @Nullable Integer perMinute;

    @Option(names = "--admin", description = "It may do what only an operator may.")
    private boolean admin;

    @Mixin private final DatabaseOptions database = new DatabaseOptions();

    private final Streams streams;
    private final Map<String, String> environment;

    KeysCreateCommand(Streams streams, Map<String, String> environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (name.isBlank() || name.length() > NAME_MAX) {
            throw CommandFailure.usage("a name has 1 to %d characters".formatted(NAME_MAX));
        }
        try (KeyStore store = KeyStore.open(database.settings(environment, draft -> {}))) {
            AccessKeys.Created created = store.keys().create(name.strip(), admin, perMinute);
            streams.out().println(created.secret());
            streams.err()
                    .println("key %d '%s' is good from now on".formatted(created.key().id(), name));
        }
        return ExitCodes.OK;
    }
}
