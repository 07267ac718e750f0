package io.gleaner.export;

import io.gleaner.database.Database;
import io.gleaner.database.DatabaseConfig;
import io.gleaner.job.Job;
import io.gleaner.seal.Sealer;
import io.gleaner.store.Jobs;
import io.gleaner.store.Pages;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** A process that exports a job in formats and prints the bytes and seconds of each. */
public final class SmallHeapExport {

    private SmallHeapExport() {}

    /**
     * @param args URL of a database, user, password, job, formats
     */
    public static void main(String[] args) throws Exception {
        var settings = DatabaseConfig.of(args[0], args[1], args[2]);
        try (var database = Database.open(settings, new SimpleMeterRegistry())) {
            var requests = database.requests();
            Job job =
                    new Jobs(requests, Sealer.none()).find(UUID.fromString(args[3])).orElseThrow();
            for (String name : List.of(args).subList(4, args.length)) {
                ExportFormat format =
                        Arrays.stream(ExportFormat.values())
                                .filter(one -> one.wireName().equals(name))
                                .findFirst()
                                .orElseThrow();
                long start = System.nanoTime();
                var counted = new Counted();
                var feed = new PageFeed(new Pages(requests), job.id(), job.done(), bytes -> {});
                Export.write(ExportOrder.of(job, format), feed, counted);
                System.out.printf(
                        "%s %d bytes %.1f s%n",
                        name, counted.bytes, (System.nanoTime() - start) / 1e9);
            }
        }
    }

    private static final class Counted extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] all, int offset, int length) {
            bytes += length;
        }
    }
}
