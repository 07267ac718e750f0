package io.gleaner.perf.process;

import io.gleaner.postgres.EmbeddedPostgres;
import io.gleaner.postgres.EmbeddedPostgresConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * A PostgreSQL that several processes share: the product's own server programs and settings, in a
 * folder of the bench, or one that the caller named.
 */
public final class Postgres implements AutoCloseable {

    private final DatabaseAddress address;
    private final Optional<EmbeddedPostgres> server;
    private final Optional<PostgresProcesses> processes;

    private Postgres(
            DatabaseAddress address,
            Optional<EmbeddedPostgres> server,
            Optional<PostgresProcesses> processes) {
        this.address = address;
        this.server = server;
        this.processes = processes;
    }

    /**
     * @param given a URL, or empty to start a server in the folder
     */
    public static Postgres open(Optional<String> given, Path folder) {
        if (given.isPresent()) {
            return new Postgres(
                    DatabaseAddress.parse(given.get()), Optional.empty(), Optional.empty());
        }
        EmbeddedPostgres server = EmbeddedPostgres.start(EmbeddedPostgresConfig.of(folder));
        Endings.add(server::close);
        return new Postgres(
                DatabaseAddress.of(server.jdbcUrl(), server.user(), server.password()),
                Optional.of(server),
                Optional.of(new PostgresProcesses(folder)));
    }

    /** A new, empty database of that name. */
    public DatabaseAddress fresh(String name) {
        try (Connection connection = DriverManager.getConnection(address.url());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name);
            statement.execute("CREATE DATABASE " + name);
            return address.named(name);
        } catch (SQLException e) {
            throw new BenchException("could not create the database " + name, e);
        }
    }

    /** Stops and starts it, when it was started here. */
    public PostgresControl control() {
        return new PostgresControl(
                processes.orElseThrow(
                        () ->
                                new BenchException(
                                        "this bench stops PostgreSQL, so it needs one of its own:"
                                                + " leave out --database-url")),
                address);
    }

    /** Memory and CPU of its processes, when it was started here. */
    public Optional<Usage> usage() {
        return processes.map(PostgresProcesses::usage);
    }

    @Override
    public void close() {
        server.ifPresent(EmbeddedPostgres::close);
    }
}
