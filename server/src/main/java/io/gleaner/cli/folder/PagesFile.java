package io.gleaner.cli.folder;

import io.gleaner.cli.console.CommandFailure;
import io.gleaner.export.PageLine;
import io.gleaner.store.StoredPage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code pages.ndjson}: every page of a crawl, one JSON object a line, in {@code seq} order.
 *
 * <p>It is only ever appended to, under a lock of the file system. What lies beyond the length that
 * the state counts was written by a process that died before it could say so, and is cut off.
 */
final class PagesFile implements AutoCloseable {

    private final Path file;
    private final FileChannel channel;

    private PagesFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** What a reader of the file is told about each line. */
    interface Visitor {
        void content(String url);

        void fault(String url, String code, @Nullable Integer status, String detail);
    }

    /**
     * Opens the file for appending, cut to the bytes that count.
     *
     * @throws CommandFailure when another process has it open, or it is shorter than that
     */
    static PagesFile open(Path file, long bytes) throws IOException {
        if (Files.isSymbolicLink(file)) {
            throw new IOException("it is a symbolic link; remove it");
        }
        var channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS);
        try {
            if (!locked(channel)) {
                throw CommandFailure.unavailable(
                        "another gleaner crawl is writing to " + file.toAbsolutePath().getParent());
            }
            if (channel.size() < bytes) {
                throw CommandFailure.usage(
                        "%s has %d bytes where %d were written; --restart begins anew"
                                .formatted(file, channel.size(), bytes));
            }
            channel.truncate(bytes);
            channel.position(bytes);
            return new PagesFile(file, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Appends a line a page and makes them durable. Returns the length of the file. */
    long append(List<StoredPage> pages) {
        try {
            for (StoredPage page : pages) {
                var line = ByteBuffer.wrap(PageLine.of(page));
                while (line.hasRemaining()) {
                    channel.write(line);
                }
            }
            channel.force(false);
            return channel.position();
        } catch (IOException e) {
            throw CommandFailure.output(file, e, CrawlFolder.NOTHING_IS_LOST);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw CommandFailure.output(file, e, CrawlFolder.NOTHING_IS_LOST);
        }
    }

    /**
     * Tells a visitor of every line, up to the first one that is not whole.
     *
     * @param bytes how much of the file counts
     */
    static void visit(Path file, long bytes, Visitor visitor) throws IOException {
        try (var input =
                        new BoundedInput(
                                new BufferedInputStream(Files.newInputStream(file)), bytes);
                JsonParser json = JsonMapper.shared().createParser(input)) {
            while (json.nextToken() == JsonToken.START_OBJECT) {
                visitLine(json, visitor);
            }
        } catch (JacksonException e) {
            // The torn end of a file that nobody counted; open() cuts it off.
            return;
        }
    }

    // Bodies are skipped by the parser without becoming strings.
    private static void visitLine(JsonParser json, Visitor visitor) {
        String url = "";
        Integer status = null;
        Map<String, String> fault = Map.of();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            JsonToken value = json.nextToken();
            switch (name) {
                case "url" -> url = json.getString();
                case "status" -> status = json.getIntValue();
                case "fault" -> fault = members(json);
                default -> {
                    if (value.isStructStart()) {
                        json.skipChildren();
                    }
                }
            }
        }
        String code = fault.get("code");
        if (code == null) {
            visitor.content(url);
        } else {
            visitor.fault(url, code, status, fault.getOrDefault("detail", ""));
        }
    }

    private static Map<String, String> members(JsonParser json) {
        var members = new HashMap<String, String>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            members.put(name, json.getValueAsString(""));
        }
        return members;
    }

    /** The first bytes of a stream. */
    private static final class BoundedInput extends InputStream {
        private final InputStream input;
        private long left;

        BoundedInput(InputStream input, long bytes) {
            this.input = input;
            this.left = bytes;
        }

        @Override
        public int read() throws IOException {
            return left-- > 0 ? input.read() : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int read = input.read(target, offset, (int) Math.min(length, left));
            left -= Math.max(read, 0);
            return read;
        }

        @Override
        public void close() throws IOException {
            input.close();
        }
    }
}
