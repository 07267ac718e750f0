package io.gleaner.perf.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a JVM has committed, heap and native, as its own tracking tells. */
public final class NativeMemory {

    /** What the JVM must be started with. */
    public static final String FLAG = "-XX:NativeMemoryTracking=summary";

    // "Total: reserved=1234KB, committed=567KB"
    private static final Pattern TOTAL = Pattern.compile("Total: .*committed=(\\d+)KB");
    private static final long KIB = 1024;

    private NativeMemory() {}

    /** Asks by {@code jcmd PID VM.native_memory}. */
    public static long committedBytes(long pid) throws InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var builder =
                new ProcessBuilder(
                        jcmd, String.valueOf(pid), "VM.native_memory", "summary", "scale=KB");
        try {
            Process process = builder.redirectErrorStream(true).start();
            String output;
            try (var reader = process.inputReader()) {
                output = String.join("\n", reader.readAllLines());
            }
            process.waitFor();
            Matcher total = TOTAL.matcher(output);
            if (!total.find()) {
                throw new BenchException("no native memory in: " + output);
            }
            return Long.parseLong(total.group(1)) * KIB;
        } catch (IOException e) {
            throw new BenchException("there is no jcmd in this JDK", e);
        }
    }
}
