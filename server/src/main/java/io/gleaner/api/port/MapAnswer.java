package io.gleaner.api.port;

import io.gleaner.job.FaultCode;
import java.util.List;

/** What mapping a site came to. */
public sealed interface MapAnswer {

    /** The site's URLs, absolute, each once. */
    record Mapped(List<String> links) implements MapAnswer {}

    /** Nothing could be read. */
    record NoAnswer(FaultCode code, String detail) implements MapAnswer {}
}
