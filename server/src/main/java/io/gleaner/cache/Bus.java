package io.gleaner.cache;

/**
 * Short messages among the processes of an installation. A message may get lost or come late, so it
 * carries no truth; when some may have been lost, every listener is told.
 */
public interface Bus extends AutoCloseable {

    /** For a process that is alone. */
    Bus NONE =
            new Bus() {
                @Override
                public void listen(String channel, Listener listener) {}

                @Override
                public void send(String channel, String text) {}

                @Override
                public void close() {}
            };

    /** Who hears the messages of a channel, those of its own process included. */
    interface Listener {
        void message(String text);

        /** Messages may have been missed. */
        void gap();
    }

    /** To be called before messages matter: what was sent before is not heard. */
    void listen(String channel, Listener listener);

    /**
     * Sends to all processes. Does not fail: what cannot be sent is lost.
     *
     * @param text a line of at most some 7,000 bytes
     */
    void send(String channel, String text);

    @Override
    void close();
}
