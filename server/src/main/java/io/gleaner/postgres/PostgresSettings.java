package io.gleaner.postgres;

import java.util.Map;
import java.util.TreeMap;

/** The server's settings as a file that postgresql.conf includes last. */
final class PostgresSettings {

    /** Counts statements and their time. */
    static final String STATISTICS = "pg_stat_statements";

    private static final Map<String, String> OURS =
            Map.ofEntries(
                    Map.entry("cluster_name", "gleaner"),
                    // Loopback TCP only: a socket's path may be 107 bytes long, a data folder's
                    // is what it is.
                    Map.entry("listen_addresses", "127.0.0.1"),
                    Map.entry("unix_socket_directories", ""),
                    Map.entry("max_connections", "60"),
                    Map.entry("shared_buffers", "128MB"),
                    // What was accepted survives a crash of the machine, that is the point.
                    Map.entry("fsync", "on"),
                    Map.entry("synchronous_commit", "on"),
                    Map.entry("wal_compression", "on"),
                    // Statements take milliseconds: compiling them or sharing them out among
                    // processes costs more than it gains.
                    Map.entry("jit", "off"),
                    Map.entry("max_parallel_workers_per_gather", "0"),
                    // Lets go of the locks of a client that was killed in mid-statement.
                    Map.entry("client_connection_check_interval", "10s"),
                    // One file per day of the week, each overwritten when its day comes again.
                    Map.entry("logging_collector", "on"),
                    Map.entry("log_directory", PostgresLog.FOLDER),
                    Map.entry("log_filename", "server-%a.log"),
                    Map.entry("log_rotation_age", "1d"),
                    Map.entry("log_rotation_size", "0"),
                    Map.entry("log_truncate_on_rotation", "on"),
                    Map.entry("log_min_duration_statement", "1s"),
                    Map.entry("log_timezone", "UTC"),
                    Map.entry("timezone", "UTC"),
                    Map.entry("lc_messages", "C"));

    private PostgresSettings() {}

    /**
     * @param overrides win over ours; {@code port} is not in the file, it changes with each start
     */
    static String file(PostgresBinaries binaries, Map<String, String> overrides) {
        Map<String, String> settings = new TreeMap<>(OURS);
        if (binaries.hasLibrary(STATISTICS)) {
            settings.put("shared_preload_libraries", STATISTICS);
        }
        settings.putAll(overrides);
        settings.remove("port");
        // The folder of the programs is part of the file so that a server of an older Gleaner is
        // not adopted: the files are compared.
        StringBuilder file = new StringBuilder();
        file.append("# Written by Gleaner at each start; ").append(binaries.home()).append('\n');
        settings.forEach(
                (name, value) ->
                        file.append(name)
                                .append(" = '")
                                .append(value.replace("\\", "\\\\").replace("'", "''"))
                                .append("'\n"));
        return file.toString();
    }
}
