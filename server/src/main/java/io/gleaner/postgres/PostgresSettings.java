package io.gleaner.postgres;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;

/** The server's settings as a file that postgresql.conf includes last. */
final class PostgresSettings {

    /** Counts statements and their time. */
    static final String STATISTICS = "pg_stat_statements";

    private static final long BUFFERS_LEAST = 128;
    private static final long BUFFERS_MOST = 512;
    private static final long BUFFERS_OF_MACHINE = 16;

    private static final Map<String, String> OURS =
            Map.ofEntries(
                    Map.entry("cluster_name", "gleaner"),
                    // Loopback TCP only: a socket's path may be 107 bytes long, a data folder's
                    // is what it is.
                    Map.entry("listen_addresses", "127.0.0.1"),
                    Map.entry("unix_socket_directories", ""),
                    Map.entry("max_connections", "60"),
                    Map.entry("shared_buffers", buffers(machineMegabytes()) + "MB"),
                    // Under load a gigabyte, the default, means a checkpoint every 15 s, and after
                    // each of them every page that is touched goes to the log whole. More would
                    // make the start after a crash longer: up to this much is read again.
                    Map.entry("max_wal_size", "2GB"),
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
     * Memory for pages, MB: a sixteenth of the machine's, within bounds. Half a gigabyte holds the
     * ends of ten thousand host queues; with less they push one another out.
     */
    static long buffers(long machineMegabytes) {
        return Math.clamp(machineMegabytes / BUFFERS_OF_MACHINE, BUFFERS_LEAST, BUFFERS_MOST);
    }

    /** Of the machine or, in a container, of its limit. */
    private static long machineMegabytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize()
                >> 20;
    }

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
