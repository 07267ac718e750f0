package io.gleaner.cli.operate;

import io.gleaner.access.AccessKey;
import io.gleaner.app.KeyStore;
import io.gleaner.cli.console.CommandFailure;
import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import io.gleaner.cli.option.DatabaseOptions;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code gleaner keys revoke}: a key that is accepted no more. */
@Command(
        name = "revoke",
        description = "Revoke a key. Every server refuses it within a second.",
        footer = {"", "Example:", "  gleaner keys revoke 3"})
public final class KeysRevokeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "As 'gleaner keys list' shows it.")
    private long id;

    @Mixin private final DatabaseOptions database = new DatabaseOptions();

    private final Streams streams;
    private final Map<String, String> environment;

    public KeysRevokeCommand(Streams streams, Map<String, String> environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        try (KeyStore store = KeyStore.open(database.settings(environment, draft -> {}))) {
            AccessKey key =
                    store.keys()
                            .revoke(id)
                            .orElseThrow(
                                    () ->
                                            CommandFailure.usage(
                                                    "there is no key %d; 'gleaner keys list' shows which there are"
                                                            .formatted(id)));
            streams.err().println("key %d '%s' is revoked".formatted(key.id(), key.name()));
        }
        return ExitCodes.OK;
    }
}
