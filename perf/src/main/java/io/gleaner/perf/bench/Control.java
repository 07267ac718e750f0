package io.gleaner.perf.bench;

import io.gleaner.perf.load.HttpReply;
import io.gleaner.perf.load.HttpRequest;
import io.gleaner.perf.load.LoadResult;
import io.gleaner.perf.load.OpenLoop;
import io.gleaner.perf.load.Target;
import io.gleaner.perf.load.Workload;
import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.Site;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * A load, and beside it at the same time a few requests to a server that does nothing for them:
 * what driver and machine take from anybody meanwhile. Where that is the most part of a latency,
 * the service is not.
 *
 * @param load of the service
 * @param bare of the server that does nothing
 */
record Control(LoadResult load, LoadResult bare) {

    static final String NAME = "a bare server meanwhile";
    private static final double BARE_PER_SECOND = 200;

    static Control run(OpenLoop loop, Target target, Workload workload, Site bare)
            throws IOException, InterruptedException {
        OpenLoop few = OpenLoop.at(BARE_PER_SECOND, loop.duration());
        try (var beside = Executors.newSingleThreadExecutor()) {
            var control = beside.submit(() -> few.run(bare.target(), new Nothing()));
            LoadResult load = loop.run(target, workload);
            return new Control(load, control.get());
        } catch (ExecutionException e) {
            throw new BenchException("the bare server could not be asked", e);
        }
    }

    private static final class Nothing implements Workload {

        private static final int OK = 200;
        private static final byte[] REQUEST = HttpRequest.get(Site.NOTHING, "");

        @Override
        public byte[] request(long n) {
            return REQUEST;
        }

        @Override
        public boolean accepts(long n, HttpReply reply) {
            return reply.status() == OK;
        }
    }
}
