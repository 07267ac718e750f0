package io.gleaner.perf.bench;

import io.gleaner.perf.load.HttpReply;
import io.gleaner.perf.load.HttpRequest;
import io.gleaner.perf.load.Workload;
import io.gleaner.perf.site.SitePlan;

/**
 * Jobs of one URL each, over many hosts. Nobody listens at the URLs' port: should a worker run, its
 * fetches are refused at once and never leave loopback.
 */
public record SubmitWorkload(int hosts) implements Workload {

    private static final int ACCEPTED = 202;
    private static final int DISCARD_PORT = 9;

    @Override
    public byte[] request(long n) {
        return HttpRequest.post(
                "/api/jobs",
                "{\"urls\":[\"http://%s:%d/u/%d\"]}"
                        .formatted(SitePlan.address((int) (n % hosts)), DISCARD_PORT, n));
    }

    @Override
    public boolean accepts(long n, HttpReply reply) {
        return reply.status() == ACCEPTED;
    }
}
