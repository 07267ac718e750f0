package io.gleaner.transport;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many files and sockets the operating system lets this process have (ulimit -n). */
public final class OpenFiles {

    private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

    private OpenFiles() {}

    /**
     * The limits with at most half of all files for connections: where there is no file left, the
     * listener of the server ends, and nothing can be fetched or stored.
     */
    public static ConnectionLimits within(ConnectionLimits limits) {
        return within(limits, max());
    }

    static ConnectionLimits within(ConnectionLimits limits, long files) {
        int half = Math.clamp(files / 2, 1, Integer.MAX_VALUE);
        if (half >= limits.connectionsMax()) {
            return limits;
        }
        LOG.warn(
                "{} connections at once and not {}: 'ulimit -n' gives {} files",
                half,
                limits.connectionsMax(),
                files);
        return limits.withConnections(half);
    }

    private static long max() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }
}
