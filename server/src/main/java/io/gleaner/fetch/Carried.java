package io.gleaner.fetch;

import okhttp3.Call;
import okhttp3.EventListener;
import org.jspecify.annotations.Nullable;

/** Looks at the connection of one call when its answer is at its end, before another call may. */
final class Carried extends EventListener {

    private final boolean wholePages;
    private volatile @Nullable Carrier carrier;
    private volatile boolean doubtful;

    /**
     * @param wholePages whether pages are read to their end, however long
     */
    Carried(boolean wholePages) {
        this.wholePages = wholePages;
    }

    /** Whether an answer of this status is read to its end, or has failed. */
    boolean isReadWhole(int status) {
        return wholePages && status / 100 == 2;
    }

    /** The HTTP/1.1 connection that the request is about to be sent on, or null. */
    void by(@Nullable Carrier next) {
        carrier = next;
    }

    /** Whether the answer may be that to another request. */
    boolean isDoubtful() {
        return doubtful;
    }

    @Override
    public void responseBodyEnd(Call call, long bytes) {
        Carrier at = carrier;
        if (at != null && !call.isCanceled() && !at.endOfAnswer()) {
            doubtful = true;
        }
    }
}
