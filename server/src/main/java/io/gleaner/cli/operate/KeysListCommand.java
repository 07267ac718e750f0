package io.gleaner.cli.operate;

import io.gleaner.access.AccessKey;
import io.gleaner.access.Scope;
import io.gleaner.app.KeyStore;
import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import io.gleaner.cli.console.Table;
import io.gleaner.cli.option.DatabaseOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gleaner keys list}: which keys there are. */
@Command(
        name = "list",
        description = "List the keys of the API, revoked ones too.",
        footer = {"", "Example:", "  gleaner keys list"})
public final class KeysListCommand implements Callable<Integer> {

    @Mixin private final DatabaseOptions database = new DatabaseOptions();

    private final Streams streams;
    private final Map<String, String> environment;

    public KeysListCommand(Streams streams, Map<String, String> environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        List<AccessKey> keys;
        try (KeyStore store = KeyStore.open(database.settings(environment, draft -> {}))) {
            keys = store.keys().list();
        }
        streams.out().print(keys.isEmpty() ? "no keys\n" : table(keys));
        return ExitCodes.OK;
    }

    private static String table(List<AccessKey> keys) {
        var rows = new ArrayList<List<String>>();
        rows.add(
                List.of(
                        "ID",
                        "NAME",
                        "TENANT",
                        "SCOPES",
                        "BEGINS",
                        "PER MINUTE",
                        "CREATED",
                        "REVOKED"));
        for (AccessKey key : keys) {
            rows.add(
                    List.of(
                            Long.toString(key.id()),
                            key.name(),
                            key.tenantName(),
                            Scope.text(key.scopes()),
                            key.hint(),
                            key.perMinute() == null ? "any" : key.perMinute().toString(),
                            key.createdAt().toString(),
                            key.revokedAt() == null ? "" : key.revokedAt().toString()));
        }
        return Table.of(rows);
    }
}
