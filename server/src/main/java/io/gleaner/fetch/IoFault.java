package io.gleaner.fetch;

import io.gleaner.fetch.FetchOutcome.Failed;
import io.gleaner.fetch.FetchOutcome.Refused;
import io.gleaner.fetch.HopClock.Phase;
import io.gleaner.job.FaultCode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Gives an I/O failure its name, from what was thrown and what the call was doing. */
final class IoFault {

    private static final int DETAIL_CHARS_MAX = 300;

    private IoFault() {}

    static FetchOutcome of(IOException e, HopClock clock, @Nullable Integer status) {
        var forbidden = causeOf(e, ForbiddenAddressException.class);
        if (forbidden != null) {
            return new Refused(FaultCode.FORBIDDEN_ADDRESS, detail(forbidden), status);
        }
        FaultCode expired = clock.expired();
        if (expired != null) {
            return new Failed(expired, expired.meaning(), status);
        }
        FaultCode code = isTimeout(e) ? timeout(e, clock.phase()) : code(e, clock.phase());
        return new Failed(code, detail(e), status);
    }

    private static FaultCode timeout(IOException e, Phase phase) {
        // OkHttp says InterruptedIOException when the whole call is over, SocketTimeoutException
        // when one wait is.
        boolean oneWait = causeOf(e, SocketTimeoutException.class) != null && !wholeCall(e);
        if (!oneWait) {
            return FaultCode.TIMEOUT;
        }
        return switch (phase) {
            case LOOKUP, CONNECT, TLS -> FaultCode.CONNECT_TIMEOUT;
            case REQUEST -> FaultCode.FIRST_BYTE_TIMEOUT;
            case BODY -> FaultCode.TIMEOUT;
        };
    }

    private static FaultCode code(IOException e, Phase phase) {
        if (causeOf(e, UnknownHostException.class) != null) {
            return FaultCode.DNS_FAILURE;
        }
        return switch (phase) {
            case LOOKUP -> FaultCode.DNS_FAILURE;
            case CONNECT -> FaultCode.CONNECT_FAILURE;
            case TLS -> FaultCode.TLS_FAILURE;
            case REQUEST -> duringRequest(e);
            case BODY -> duringBody(e);
        };
    }

    private static FaultCode duringRequest(IOException e) {
        if (causeOf(e, SSLException.class) != null) {
            return FaultCode.TLS_FAILURE;
        }
        // "unexpected end of stream" is how OkHttp says that the host hung up without a word.
        boolean hungUp =
                causeOf(e, EOFException.class) != null && message(e).contains("unexpected");
        boolean notHttp =
                causeOf(e, ProtocolException.class) != null
                        || causeOf(e, EOFException.class) != null;
        return notHttp && !hungUp ? FaultCode.PROTOCOL_ERROR : FaultCode.CONNECTION_RESET;
    }

    private static FaultCode duringBody(IOException e) {
        if (causeOf(e, EOFException.class) != null || message(e).contains("unexpected end")) {
            return FaultCode.TRUNCATED_BODY;
        }
        return causeOf(e, ProtocolException.class) != null
                ? FaultCode.PROTOCOL_ERROR
                : FaultCode.CONNECTION_RESET;
    }

    private static boolean isTimeout(IOException e) {
        return causeOf(e, InterruptedIOException.class) != null;
    }

    private static boolean wholeCall(IOException e) {
        return e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException);
    }

    private static <T extends Throwable> @Nullable T causeOf(Throwable e, Class<T> type) {
        int depth = 0;
        for (Throwable t = e; t != null && depth < 10; t = t.getCause(), depth++) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
            for (Throwable suppressed : t.getSuppressed()) {
                if (type.isInstance(suppressed)) {
                    return type.cast(suppressed);
                }
            }
        }
        return null;
    }

    private static String message(Throwable e) {
        String message = e.getMessage();
        return message == null ? "" : message.toLowerCase(Locale.ROOT);
    }

    private static String detail(Throwable e) {
        String message = e.getMessage();
        String text = message == null ? e.getClass().getSimpleName() : message;
        String line = text.replaceAll("[\\x00-\\x1f\\x7f]+", " ").strip();
        return line.length() <= DETAIL_CHARS_MAX ? line : line.substring(0, DETAIL_CHARS_MAX);
    }
}
