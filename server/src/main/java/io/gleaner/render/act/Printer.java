package io.gleaner.render.act;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.gleaner.browser.DevTools;
import io.gleaner.browser.DevToolsException;
import io.gleaner.job.rendering.Attachment;
import io.gleaner.job.rendering.PdfSpec;
import io.gleaner.render.document.PageEvents;
import io.gleaner.render.document.PageLost;
import io.gleaner.render.document.VisitOver;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes PDFs of pages, of a bounded number of bytes. */
public final class Printer {

    private static final int PART_BYTES = 1 << 20;

    private final PageEvents events;

    public Printer(PageEvents events) {
        this.events = events;
    }

    /**
     * The PDF, or null when it is too large.
     *
     * @param name of the attachment
     */
    public @Nullable Attachment print(PdfSpec spec, String name)
            throws VisitOver, PageLost, DevToolsException, InterruptedException {
        var params = DevTools.params();
        params.put("landscape", spec.landscape())
                .put("printBackground", spec.printBackground())
                .put("scale", spec.scale())
                .put("paperWidth", spec.format().widthInches())
                .put("paperHeight", spec.format().heightInches())
                .put("transferMode", "ReturnAsStream");
        String stream = events.call("Page.printToPDF", params).path("stream").asString("");
        try {
            byte[] pdf = readAll(stream);
            return pdf == null ? null : new Attachment(name, "application/pdf", pdf);
        } finally {
            var _ = events.call("IO.close", DevTools.params().put("handle", stream));
        }
    }

    private byte @Nullable [] readAll(String stream)
            throws VisitOver, PageLost, DevToolsException, InterruptedException {
        var pdf = new ByteArrayOutputStream();
        while (true) {
            var wanted = DevTools.params().put("handle", stream).put("size", PART_BYTES);
            JsonNode part = events.call("IO.read", wanted);
            String data = part.path("data").asString("");
            pdf.writeBytes(
                    part.path("base64Encoded").asBoolean(false)
                            ? Base64.getDecoder().decode(data)
                            : data.getBytes(ISO_8859_1));
            if (pdf.size() > Attachment.BYTES_MAX) {
                return null;
            }
            if (part.path("eof").asBoolean(true)) {
                return pdf.toByteArray();
            }
        }
    }
}
