package io.gleaner.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * One browser with all of its processes, from its start to the removal of its folder. When this
 * process dies the pipe breaks, and the browser ends by itself.
 */
public final class BrowserProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BrowserProcess.class);

    private static final Duration START_MAX = Duration.ofSeconds(30);
    private static final Duration END_MAX = Duration.ofSeconds(5);
    private static final int COMPLAINT_CHARS_MAX = 500;

    /**
     * The browser reads commands from its descriptor 3 and answers on 4. A Java process can only
     * have 0, 1 and 2, so a shell moves them and becomes the browser.
     */
    private static final String MOVE_PIPES = "exec \"$0\" \"$@\" 3<&0 4>&1 0</dev/null 1>&2";

    private final Process process;
    private final Path profile;
    private final DevTools devTools;
    private final String version;
    private final AtomicBoolean closed = new AtomicBoolean();

    private BrowserProcess(Process process, Path profile, DevTools devTools, String version) {
        this.process = process;
        this.profile = profile;
        this.devTools = devTools;
        this.version = version;
    }

    /**
     * Starts a browser and waits for its first answer.
     *
     * @throws IOException one sentence that says why there is none
     */
    public static BrowserProcess start(BrowserConfig config)
            throws IOException, InterruptedException {
        Path profile = ProfileFolder.create();
        Process process;
        try {
            process = launch(config, profile);
        } catch (IOException e) {
            ProfileFolder.remove(profile);
            throw e;
        }
        var devTools = new DevTools(process.getInputStream(), process.getOutputStream());
        try {
            JsonNode answer = devTools.call("Browser.getVersion", DevTools.params(), START_MAX);
            var started =
                    new BrowserProcess(
                            process, profile, devTools, answer.path("product").asString("?"));
            LOG.info("started {} (process {})", started.version, process.pid());
            return started;
        } catch (DevToolsException e) {
            String complaint = complaint(profile);
            end(process, profile, devTools);
            throw new IOException(
                    "%s did not start: %s%s"
                            .formatted(config.browser().executable(), e.getMessage(), complaint),
                    e);
        } catch (InterruptedException e) {
            end(process, profile, devTools);
            throw e;
        }
    }

    private static Process launch(BrowserConfig config, Path profile) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", MOVE_PIPES));
        command.add(config.browser().executable().toString());
        command.addAll(BrowserFlags.of(config, profile));
        var builder = new ProcessBuilder(command).directory(profile.toFile());
        builder.redirectError(profile.resolve("stderr").toFile());
        Map<String, String> environment = builder.environment();
        Set<String> ours = new HashSet<>(environment.keySet());
        // Ours has keys and passwords in it, which are no business of a browser.
        ours.removeAll(List.of("PATH", "LANG", "LC_ALL", "TZ", "FONTCONFIG_PATH"));
        environment.keySet().removeAll(ours);
        environment.put("HOME", profile.toString());
        environment.put("TMPDIR", profile.toString());
        environment.put("XDG_CONFIG_HOME", profile.toString());
        environment.put("XDG_CACHE_HOME", profile.resolve("cache").toString());
        environment.put("DBUS_SESSION_BUS_ADDRESS", "disabled:");
        return builder.start();
    }

    public DevTools devTools() {
        return devTools;
    }

    /** Such as {@code HeadlessChrome/156.0.8078.114}. */
    public String version() {
        return version;
    }

    /** Whether it runs and its pipe is open. */
    public boolean isAlive() {
        return process.isAlive() && !devTools.isGone();
    }

    /** Its folder, where whatever it stores is. */
    public Path profile() {
        return profile;
    }

    /** The process that all others of it come from. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** What all of its processes have in memory, with what they share counted each time. */
    public long residentBytes() {
        return Processes.residentBytesOfAll(process.toHandle());
    }

    /**
     * Kills the processes whose pages take more memory than this, which costs those pages.
     *
     * @return how many
     */
    public int killPagesOver(long bytes) {
        int killed = 0;
        for (Processes.PageProcess page : Processes.pages(process.toHandle())) {
            if (page.residentBytes() > bytes && page.handle().destroyForcibly()) {
                LOG.info("a page took {} MiB of memory: killed", page.residentBytes() >> 20);
                killed++;
            }
        }
        return killed;
    }

    /** Kills all of its processes and removes its folder. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            end(process, profile, devTools);
        }
    }

    /** One that is frozen does not obey anything else. */
    private static void end(Process process, Path profile, DevTools devTools) {
        List<ProcessHandle> tree = new ArrayList<>();
        try (Stream<ProcessHandle> below = process.toHandle().descendants()) {
            below.forEach(tree::add);
        }
        process.destroyForcibly();
        tree.forEach(ProcessHandle::destroyForcibly);
        devTools.close();
        awaitEnd(process, tree);
        ProfileFolder.remove(profile);
    }

    private static void awaitEnd(Process process, List<ProcessHandle> tree) {
        long deadline = System.nanoTime() + END_MAX.toNanos();
        boolean interrupted = false;
        try {
            List<ProcessHandle> all = new ArrayList<>(tree);
            all.add(process.toHandle());
            for (ProcessHandle handle : all) {
                handle.onExit()
                        .get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException e) {
            LOG.warn("a process of the browser does not end", e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String complaint(Path profile) {
        return lastLine(profile.resolve("stderr")).map(line -> ": " + line).orElse("");
    }

    private static Optional<String> lastLine(Path file) {
        try {
            String text = new String(Files.readAllBytes(file), UTF_8);
            return text.lines()
                    .filter(line -> !line.isBlank())
                    .reduce((first, second) -> second)
                    .map(line -> line.substring(0, Math.min(line.length(), COMPLAINT_CHARS_MAX)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
