package io.gleaner.cli.folder;

import io.gleaner.cli.console.CommandFailure;
import io.gleaner.export.SafeName;
import io.gleaner.export.SiteTree;
import io.gleaner.job.JobState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code .gleaner-crawl.json}: how far an output folder has come.
 *
 * @param version of this layout
 * @param key idempotency key of the submission, so that a crash between submitting and writing the
 *     job's id down cannot start a second job
 * @param job the job in the database, or null when it may not be submitted yet
 * @param request the options that decide what is fetched and written
 * @param seq the last page that is in the folder
 * @param bytes length of {@code pages.ndjson} with that page
 * @param ended the job's final state in lower case once every page is in the folder; null before
 */
public record CrawlState(
        int version,
        String key,
        @Nullable UUID job,
        Map<String, String> request,
        long seq,
        long bytes,
        @Nullable String ended) {

    private static final int VERSION = 2;

    /** Each host had a folder, that of the start as well. */
    private static final int VERSION_OF_HOST_FOLDERS = 1;

    private static final JsonMapper JSON = JsonMapper.shared();

    public static CrawlState begin(Map<String, String> request) {
        return new CrawlState(VERSION, UUID.randomUUID().toString(), null, request, 0, 0, null);
    }

    CrawlState withJob(UUID id) {
        return new CrawlState(version, key, id, request, seq, bytes, ended);
    }

    CrawlState at(long lastSeq, long length) {
        return new CrawlState(version, key, job, request, lastSeq, length, ended);
    }

    CrawlState endedAs(JobState state) {
        return new CrawlState(
                version, key, job, request, seq, bytes, state.name().toLowerCase(Locale.ROOT));
    }

    /** Where the pages of this folder lie. */
    SiteTree tree() {
        SafeName names = SafeName.ofThisSystem();
        String start = request.get(CrawlRequest.URL);
        return version == VERSION_OF_HOST_FOLDERS || start == null
                ? new SiteTree(names)
                : SiteTree.at(names, start);
    }

    public boolean finished() {
        return ended != null;
    }

    /** Empty when there is none. */
    static Optional<CrawlState> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            CrawlState state = JSON.readValue(Files.readAllBytes(file), CrawlState.class);
            if (state.version == VERSION || state.version == VERSION_OF_HOST_FOLDERS) {
                return Optional.of(state);
            }
            throw CommandFailure.usage(
                    "%s is of version %d and this gleaner reads version %d; --restart begins anew"
                            .formatted(file, state.version, VERSION));
        } catch (JacksonException e) {
            throw CommandFailure.usage(
                    "%s is not what gleaner wrote; --restart begins anew".formatted(file));
        }
    }

    /** Replaces the file as a whole: after a crash there is the old state or the new one. */
    void write(Path file) {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            // A draft that is there may be a link to anywhere.
            Files.deleteIfExists(draft);
            try (var channel =
                    FileChannel.open(
                            draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                var json = ByteBuffer.wrap(JSON.writeValueAsBytes(this));
                while (json.hasRemaining()) {
                    channel.write(json);
                }
                channel.force(true);
            }
            Files.move(
                    draft,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw CommandFailure.output(file, e, CrawlFolder.NOTHING_IS_LOST);
        }
    }
}
