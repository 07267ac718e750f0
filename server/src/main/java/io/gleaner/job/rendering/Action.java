package io.gleaner.job.rendering;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something to do on a page once it has come to rest, as a person would. */
public sealed interface Action {

    /** Most actions of one job. */
    int COUNT_MAX = 50;

    /** Most characters to write, or of a script. */
    int TEXT_LENGTH_MAX = 10_000;

    /** The name used in requests and answers. */
    String type();

    /** Nothing, for so long. */
    record Wait(Duration time) implements Action {
        public Wait {
            if (time.isNegative() || time.compareTo(RenderSpec.WAIT_MAX) > 0) {
                throw new IllegalArgumentException(
                        "time must be 0 to %s: %s".formatted(RenderSpec.WAIT_MAX, time));
            }
        }

        @Override
        public String type() {
            return "wait";
        }
    }

    /** Nothing, until an element matches. */
    record WaitFor(String selector) implements Action {
        @Override
        public String type() {
            return "wait";
        }
    }

    /**
     * Clicks the first element that matches.
     *
     * @param all or all that do
     */
    record Click(String selector, boolean all) implements Action {
        @Override
        public String type() {
            return "click";
        }
    }

    /**
     * Writes, as if pasted.
     *
     * @param text may be a secret
     * @param selector in the place of what this field has, or null for where the cursor is
     */
    record Write(String text, @Nullable String selector) implements Action {
        @Override
        public String type() {
            return "write";
        }

        /** A password may be written. */
        @Override
        public String toString() {
            return "Write[" + selector + "]";
        }
    }

    /**
     * Presses a key where the cursor is.
     *
     * @param key one of {@link NamedKey}, or a single character
     */
    record Press(String key) implements Action {
        public Press {
            if (NamedKey.find(key).isEmpty() && key.codePointCount(0, key.length()) != 1) {
                throw new IllegalArgumentException(
                        "key %s: accepted is one character, or %s"
                                .formatted(key, NamedKey.names()));
            }
        }

        @Override
        public String type() {
            return "press";
        }
    }

    /**
     * Scrolls by what is in sight.
     *
     * @param selector an element whose content is scrolled, or null for the page
     */
    record Scroll(boolean up, @Nullable String selector) implements Action {
        @Override
        public String type() {
            return "scroll";
        }
    }

    /** Takes a picture. */
    record Screenshot(ScreenshotSpec screenshot) implements Action {
        @Override
        public String type() {
            return "screenshot";
        }
    }

    /** Takes the document as it stands. */
    record Scrape() implements Action {
        @Override
        public String type() {
            return "scrape";
        }
    }

    /** Runs a script in the page; its value is the result, and a promise is awaited. */
    record ExecuteJavascript(String script) implements Action {
        @Override
        public String type() {
            return "executeJavascript";
        }
    }

    /** Makes a PDF. */
    record Pdf(PdfSpec pdf) implements Action {
        @Override
        public String type() {
            return "pdf";
        }
    }

    /** Whether what it makes shows the pictures of the page. */
    default boolean showsPictures() {
        return this instanceof Screenshot || this instanceof Pdf;
    }
}
