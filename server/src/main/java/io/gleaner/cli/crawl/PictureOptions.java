package io.gleaner.cli.crawl;

import io.gleaner.cli.console.CommandFailure;
import io.gleaner.job.rendering.Attachment;
import io.gleaner.job.rendering.ImageType;
import io.gleaner.job.rendering.PdfSpec;
import io.gleaner.job.rendering.RenderMode;
import io.gleaner.job.rendering.RenderSpec;
import io.gleaner.job.rendering.ScreenshotSpec;
import io.gleaner.store.Pages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which pictures to write of a page, as flags. */
final class PictureOptions {

    @Option(
            names = "--screenshot",
            paramLabel = "FILE",
            description =
                    "Render the page, and write a picture of it to this file: .png, .jpg or"
                            + " .webp.")
    private @Nullable Path screenshot;

    @Option(
            names = "--screenshot-full",
            description = "With --screenshot: the whole page, and not only what a window shows.")
    private boolean screenshotFull;

    @Option(
            names = "--screenshot-of",
            paramLabel = "CSS",
            description = "With --screenshot: the first element that matches, and nothing else.")
    private @Nullable String screenshotOf;

    @Option(
            names = "--pdf",
            paramLabel = "FILE",
            description = "Render the page, and write it to this file as a PDF on A4.")
    private @Nullable Path pdf;

    /** The same with pictures, if any are wanted: then every page is rendered. */
    RenderSpec addTo(RenderSpec spec) {
        if (screenshot == null && (screenshotFull || screenshotOf != null)) {
            throw CommandFailure.usage("a file for the picture is needed: --screenshot FILE");
        }
        if (screenshot == null && pdf == null) {
            return spec;
        }
        try {
            return spec.withMode(RenderMode.ALWAYS)
                    .withScreenshot(screenshot == null ? null : picture(screenshot))
                    .withPdf(pdf == null ? null : PdfSpec.standard());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    private ScreenshotSpec picture(Path file) {
        return new ScreenshotSpec(
                screenshotFull, screenshotOf, type(file), ScreenshotSpec.QUALITY_DEFAULT);
    }

    private static ImageType type(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".jpg") || name.endsWith(".jpeg")) {
            return ImageType.JPEG;
        }
        if (name.endsWith(".png")) {
            return ImageType.PNG;
        }
        if (name.endsWith(".webp")) {
            return ImageType.WEBP;
        }
        throw new IllegalArgumentException(
                "--screenshot %s: accepted is a file that ends in .png, .jpg or .webp"
                        .formatted(file));
    }

    /** Writes what was made of a page to the files that were named. */
    void write(Pages pages, UUID job, long seq) {
        write(
                pages,
                job,
                seq,
                Attachment.SCREENSHOT,
                screenshot,
                "no picture was taken: its element is not there, or it is larger than 20 MiB");
        write(pages, job, seq, Attachment.PDF, pdf, "no PDF was made: it is larger than 20 MiB");
    }

    private static void write(
            Pages pages, UUID job, long seq, String name, @Nullable Path file, String why) {
        if (file == null) {
            return;
        }
        var made = pages.attachment(job, seq, name).orElseThrow(() -> CommandFailure.nothing(why));
        try (OutputStream out = Files.newOutputStream(file)) {
            made.writeTo(out);
        } catch (IOException e) {
            throw CommandFailure.output(file, e, "");
        }
    }
}
