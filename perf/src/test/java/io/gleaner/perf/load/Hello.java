package io.gleaner.perf.load;

/** Asks for anything and wants status 200. */
record Hello() implements Workload {

    private static final byte[] REQUEST = HttpRequest.get("/", "");

    @Override
    public byte[] request(long n) {
        return REQUEST;
    }

    @Override
    public boolean accepts(long n, HttpReply reply) {
        return reply.status() == 200;
    }
}
