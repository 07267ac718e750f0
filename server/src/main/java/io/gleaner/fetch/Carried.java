package io.gleaner.fetch;

import okhttp3.Call;
import okhttp3.EventListener;
import org.jspecify.annotations.Nullable;

/** Looks at the connection of one call when its answer is at its end, before another call may. */
final class Carried extends EventListener {

    private volatile @Nullable Carrier carrier;
    private volatile boolean doubtful;

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
