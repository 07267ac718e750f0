package io.gleaner.perf.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** One thread's connections: whichever has its answer gets its next request. */
final class SelectorLoop implements AutoCloseable {

    private static final int READ_BYTES = 64 * 1024;
    private static final long SELECT_MS = 100;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Selector selector;
    private final Target target;
    private final Workload workload;
    private final AtomicLong next;
    private final Tally tally;
    private final ByteBuffer received = ByteBuffer.allocateDirect(READ_BYTES);
    private int inFlight;

    /** A connection with its request in flight. */
    private static final class Peer {
        private final SocketChannel channel;
        private final ReplyBuffer buffer = new ReplyBuffer();
        private long n;
        private long sentAt;

        Peer(SocketChannel channel) {
            this.channel = channel;
        }
    }

    private SelectorLoop(
            Selector selector, Target target, Workload workload, AtomicLong next, Tally tally) {
        this.selector = selector;
        this.target = target;
        this.workload = workload;
        this.next = next;
        this.tally = tally;
    }

    static SelectorLoop open(
            Target target, int connections, Workload workload, AtomicLong next, Tally tally)
            throws IOException {
        var loop = new SelectorLoop(Selector.open(), target, workload, next, tally);
        try {
            for (int i = 0; i < connections; i++) {
                loop.connect();
            }
            return loop;
        } catch (IOException e) {
            loop.close();
            throw e;
        }
    }

    private SelectionKey connect() throws IOException {
        SocketChannel channel = SocketChannel.open(target.address());
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        return channel.register(selector, SelectionKey.OP_READ, new Peer(channel));
    }

    /** Sends until that time, then waits for the answers that are still out. */
    void run(long end) throws IOException {
        for (SelectionKey key : selector.keys().toArray(SelectionKey[]::new)) {
            send((Peer) key.attachment());
        }
        while (inFlight > 0 && System.nanoTime() < end + PATIENCE_NANOS) {
            selector.select(key -> receive(key, end), SELECT_MS);
        }
        for (; inFlight > 0; inFlight--) {
            tally.unanswered(PATIENCE_NANOS);
        }
    }

    private void send(Peer peer) throws IOException {
        peer.n = next.getAndIncrement();
        ByteBuffer request = ByteBuffer.wrap(workload.request(peer.n));
        peer.sentAt = System.nanoTime();
        tally.sent(0);
        inFlight++;
        // A request is far smaller than a socket's buffer, which is empty between two requests.
        while (request.hasRemaining()) {
            peer.channel.write(request);
        }
    }

    private void receive(SelectionKey key, long end) {
        Peer peer = (Peer) key.attachment();
        try {
            boolean closed = peer.channel.read(received.clear()) < 0;
            peer.buffer.append(received.flip());
            HttpReply reply = peer.buffer.next(closed);
            if (reply != null) {
                inFlight--;
                long nanos = System.nanoTime() - peer.sentAt;
                tally.answered(reply.status(), workload.accepts(peer.n, reply), nanos);
                sendNext(peer, reply.keepAlive() && !closed, end);
            } else if (closed) {
                throw new EOFException("the server closed the connection");
            }
        } catch (IOException e) {
            inFlight--;
            tally.failed(System.nanoTime() - peer.sentAt);
            replace(peer, end);
        }
    }

    private void sendNext(Peer peer, boolean open, long end) throws IOException {
        if (!open) {
            replace(peer, end);
        } else if (System.nanoTime() < end) {
            send(peer);
        }
    }

    private void replace(Peer broken, long end) {
        try {
            broken.channel.close();
            if (System.nanoTime() < end) {
                send((Peer) connect().attachment());
            }
        } catch (IOException e) {
            // The server takes no connection now: the others go on, and this one is missing.
            tally.failed(0);
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
