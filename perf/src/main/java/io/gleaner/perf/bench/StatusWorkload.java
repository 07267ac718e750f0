package io.gleaner.perf.bench;

import io.gleaner.perf.load.HttpReply;
import io.gleaner.perf.load.HttpRequest;
import io.gleaner.perf.load.Workload;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Asks for the states of jobs in turn; with what it was told last when that is wanted. */
final class StatusWorkload implements Workload {

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    private final List<String> paths;
    private final boolean conditional;
    private final AtomicReferenceArray<byte[]> requests;

    /**
     * @param conditional whether to send If-None-Match
     */
    StatusWorkload(List<String> jobs, boolean conditional) {
        this.paths = jobs.stream().map(id -> "/api/jobs/" + id).toList();
        this.conditional = conditional;
        this.requests =
                new AtomicReferenceArray<>(
                        paths.stream()
                                .map(path -> HttpRequest.get(path, ""))
                                .toArray(byte[][]::new));
    }

    @Override
    public byte[] request(long n) {
        return requests.get(job(n));
    }

    @Override
    public boolean accepts(long n, HttpReply reply) {
        if (conditional && reply.status() == OK) {
            reply.header("etag").ifPresent(tag -> remember(job(n), tag));
        }
        return reply.status() == OK || (conditional && reply.status() == NOT_MODIFIED);
    }

    private void remember(int job, String tag) {
        requests.set(job, HttpRequest.get(paths.get(job), "If-None-Match: " + tag + "\r\n"));
    }

    private int job(long n) {
        return (int) (n % paths.size());
    }
}
