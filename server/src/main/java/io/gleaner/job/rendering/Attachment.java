package io.gleaner.job.rendering;

/**
 * What was made of a page besides its content, and is read apart from it: a picture, a PDF, the
 * result of an action.
 *
 * @param name its place below the page, such as {@code screenshot} or {@code actions/3}
 * @param mediaType such as {@code image/png}
 * @param bytes empty where only its being there is told; not copied
 */
public record Attachment(String name, String mediaType, byte[] bytes) {

    /** Most bytes of one. */
    public static final int BYTES_MAX = 20 << 20;

    /** Most bytes of all that belong to one page. */
    public static final int PAGE_BYTES_MAX = 40 << 20;

    public static final String SCREENSHOT = "screenshot";
    public static final String PDF = "pdf";

    /** The name of what an action came to. */
    public static String ofAction(int index) {
        return "actions/" + index;
    }
}
